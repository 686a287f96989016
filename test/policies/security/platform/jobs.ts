import { ACCOUNT, ref, TAGS, type Fixture } from "../../support/fixture";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/training`;
const VPC = { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1"] };
const BOUNDED = {
  TimeoutSeconds: 3600,
  Retry: [{ ErrorEquals: ["States.ALL"] }],
  Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
};

const training = {
  RoleArn: ROLE,
  VpcConfig: VPC,
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: true,
  ResourceConfig: { InstanceCount: 2, InstanceType: "ml.m5.large", VolumeKmsKeyId: "key" },
  OutputDataConfig: { KmsKeyId: "key", "S3OutputPath.$": "$.output" },
};

const task = (api: string, args: object): object => ({
  Type: "Task",
  Resource: `arn:aws:states:::sagemaker:${api}.sync`,
  Parameters: args,
  ...BOUNDED,
  End: true,
});

/** A pipeline with every kind of job, one of them inside a Map. */
const definition = {
  StartAt: "Prepare",
  States: {
    Prepare: task("createProcessingJob", {
      RoleArn: ROLE,
      NetworkConfig: {
        VpcConfig: VPC,
        EnableNetworkIsolation: true,
        EnableInterContainerTrafficEncryption: true,
      },
      ProcessingResources: {
        ClusterConfig: { InstanceCount: 2, InstanceType: "ml.m5.large", VolumeKmsKeyId: "key" },
      },
      ProcessingOutputConfig: { KmsKeyId: "key", Outputs: [] },
    }),
    Categories: {
      Type: "Map",
      ItemProcessor: { StartAt: "Train", States: { Train: task("createTrainingJob", training) } },
      End: true,
    },
    Tune: task("createHyperParameterTuningJob", { TrainingJobDefinition: training }),
    Score: task("createTransformJob", {
      TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeKmsKeyId: "key" },
      TransformOutput: { KmsKeyId: "key", S3OutputPath: "s3://smartretail-results" },
    }),
    Failed: { Type: "Fail" },
  },
};

const trainingJob = {
  roleArn: ROLE,
  vpcConfig: { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] },
  enableNetworkIsolation: true,
  enableInterContainerTrafficEncryption: true,
  resourceConfig: { instanceCount: 2, instanceType: "ml.m5.large", volumeKmsKeyId: "key" },
  outputDataConfig: { kmsKeyId: "key", s3OutputPath: "s3://smartretail-models" },
};

/** Pipelines, schedules and events that keep every rule. */
export const jobsPlatform: readonly Fixture[] = [
  {
    type: "aws:sfn/stateMachine:StateMachine",
    name: "training-pipeline",
    properties: {
      tags: TAGS,
      definition: JSON.stringify(definition),
      loggingConfiguration: {
        level: "ERROR",
        logDestination: ref("pipeline-logs", "arn"),
        includeExecutionData: false,
      },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: ref("data-key", "arn") },
    },
  },
  { type: "aws:sagemaker/trainingJob:TrainingJob", name: "one-training", properties: trainingJob },
  {
    type: "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
    name: "one-tuning",
    properties: { trainingJobDefinition: trainingJob },
  },
  {
    type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    name: "bus-policy",
    properties: {
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Own",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            Action: "events:PutEvents",
            Resource: "*",
          },
        ],
      }),
    },
  },
  {
    type: "aws:cloudwatch/eventPermission:EventPermission",
    name: "bus-permission",
    properties: { principal: ACCOUNT, statementId: "own" },
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "approved",
    properties: { tags: TAGS },
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    name: "approved-target",
    properties: {
      arn: ref("training-pipeline", "arn"),
      deadLetterConfig: { arn: ref("failures", "arn") },
      retryPolicy: { maximumRetryAttempts: 4 },
    },
  },
  {
    type: "aws:scheduler/schedule:Schedule",
    name: "nightly",
    properties: {
      name: "nightly",
      kmsKeyArn: ref("data-key", "arn"),
      target: {
        arn: ref("training-pipeline", "arn"),
        deadLetterConfig: { arn: ref("failures", "arn") },
        retryPolicy: { maximumRetryAttempts: 3 },
      },
    },
  },
];
