/**
 * The interface endpoints of a network without internet: which AWS service each reaches, and why the platform calls it.
 * Each one costs its hourly price in every zone, so an environment lists those that it calls.
 */
const interfaceEndpointReasons = {
  "sagemaker.api": "Studio and jobs call the SageMaker control plane",
  "sagemaker.runtime": "apps in the network invoke the forecast endpoint",
  studio: "the browser reaches VPC-only Studio",
  sts: "jobs and notebooks get their role's credentials",
  logs: "containers in the network write their logs",
  "sagemaker.featurestore-runtime": "jobs write and apps read online features",
  "sagemaker.metrics": "training jobs report their metrics",
  "ecr.api": "notebooks look at images; SageMaker pulls the ones of jobs itself",
  "ecr.dkr": "something in the network pulls images itself",
  monitoring: "jobs publish accuracy and drift metrics, notebooks read them",
  kms: "something in the network encrypts by itself; S3 and SageMaker ask KMS themselves",
  states: "engineers start state machines from notebooks",
  events: "jobs publish model and drift events",
  lambda: "engineers ask release control from notebooks",
  ssm: "functions and notebooks read model pointers and stack outputs",
  glue: "notebooks read the offline store's tables",
  athena: "notebooks query the offline store",
  "execute-api": "stores call the private forecast API",
  sns: "something in the network tells people; Lambda, EventBridge and CloudWatch do so from their own",
  sqs: "functions take work from queues",
  "application-autoscaling": "something in the network deregisters and registers scaling targets",
  xray: "functions send traces",
  dynamodb: "callers that cannot use the gateway, such as another network",
} as const;

export type InterfaceEndpointName = keyof typeof interfaceEndpointReasons;

export const interfaceEndpointNames = Object.keys(interfaceEndpointReasons) as [
  InterfaceEndpointName,
  ...InterfaceEndpointName[],
];

/** The service name that AWS PrivateLink knows; Studio's has a form of its own. */
export function interfaceEndpointService(name: InterfaceEndpointName, region: string): string {
  return name === "studio" ? `aws.sagemaker.${region}.studio` : `com.amazonaws.${region}.${name}`;
}
