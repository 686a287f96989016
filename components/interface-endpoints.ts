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
  "ecr.api": "processing containers are described from inside the network",
  "ecr.dkr": "the processing image is pulled inside the network",
  monitoring: "jobs publish accuracy and drift metrics",
  kms: "jobs decrypt the lake with their own calls",
  states: "jobs and functions report to the state machines",
  events: "jobs publish model and drift events",
  lambda: "state machines and notebooks call functions",
  ssm: "functions read model pointers and stack outputs",
  glue: "notebooks read the offline store's tables",
  athena: "notebooks query the offline store",
  "execute-api": "stores call the private forecast API",
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
