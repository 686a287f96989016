import type { MachinePlace } from "../../pipelines/place";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const PREFIX = "smartretail-prod";

const bucket = (purpose: string) => `${PREFIX}-${purpose}-${ACCOUNT}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${PREFIX}-${name}`;
const topic = (name: string) => `arn:aws:sns:${REGION}:${ACCOUNT}:${PREFIX}-${name}`;
const job = { volumeGigabytes: 50, runtimeSeconds: 3600 };

/** A production environment, with four shards. */
export const PLACE: MachinePlace = {
  environment: "prod",
  prefix: PREFIX,
  buckets: {
    raw: bucket("raw"),
    processed: bucket("processed"),
    features: bucket("features"),
    models: bucket("models"),
    results: bucket("results"),
    capture: bucket("capture"),
  },
  roles: { processing: role("processing"), training: role("training"), inference: role("inference") },
  images: {
    processing: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${PREFIX}-processing@sha256:${"0".repeat(64)}`,
    xgboost: `354813040037.dkr.ecr.${REGION}.amazonaws.com/sagemaker-xgboost:3.2-0`,
    deepar: `633353088612.dkr.ecr.${REGION}.amazonaws.com/forecasting-deepar:1`,
  },
  algorithms: {},
  subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60718"],
  kmsKeyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
  claimsTable: `${PREFIX}-run-claims`,
  weeklyMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${PREFIX}-weekly`,
  topics: { alerts: topic("alerts"), models: topic("model-events") },
  onlineGroup: `${PREFIX}-store-sku-sales-v2`,
  tags: { Environment: "prod", Project: "smartretail" },
  sizes: {
    shardCount: 4,
    lateStoreShareMax: 0.02,
    deliveryWaitMinutes: 120,
    shard: { instanceType: "ml.m5.xlarge", ...job },
    whole: { instanceType: "ml.m5.2xlarge", ...job },
    transform: { instanceType: "ml.m5.xlarge", instanceCount: 2 },
    training: { instanceType: "ml.m5.2xlarge", ...job },
    trainingRowsMax: 5_000_000,
    coolDownDays: 5,
    approval: "manual",
    approvalHours: 72,
    tuning: { jobs: 20, parallelJobs: 4, runtimeSeconds: 3600 },
  },
};
