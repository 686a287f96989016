import { DATA_BUCKETS, type DataBucketPurpose } from "../../../contracts/buckets";
import { claimsTableName, machineName, type MachineKind } from "../../../contracts/machines";
import type { MachinePlace, MachineSizes } from "../../../pipelines/place";

const PREFIX = "smartretail-dev";
const REGION = "ap-northeast-1";
/** Nobody's. */
const ACCOUNT = "000000000000";

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** One machine that does one job at a time; its size decides how many threads a stage takes. */
const JOB = { instanceType: "ml.m5.large", volumeGigabytes: 30, runtimeSeconds: 3600 } as const;

const SIZES: MachineSizes = {
  shardCount: 2,
  lateStoreShareMax: 0.2,
  deliveryWaitMinutes: 120,
  shard: JOB,
  whole: JOB,
  transform: { instanceType: "ml.m5.large", instanceCount: 1 },
  training: JOB,
  trainingRowsMax: 150_000,
  coolDownDays: 3,
  approval: "automatic",
  approvalHours: 72,
  tuning: { jobs: 4, parallelJobs: 1, runtimeSeconds: 3600 },
};

/** Where the machines run on this computer: names as in an account, which nobody has. */
export function localPlace(sizes: Partial<MachineSizes> = {}): MachinePlace {
  const buckets = Object.fromEntries(DATA_BUCKETS.map((name) => [name, `${PREFIX}-${name}`]));
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${PREFIX}-${name}`;
  return {
    environment: "dev",
    prefix: PREFIX,
    buckets: buckets as Record<DataBucketPurpose, string>,
    roles: { processing: role("processing"), training: role("training"), inference: role("inference") },
    images: { processing: "this program", xgboost: "this program's trees", deepar: "nobody" },
    algorithms: {},
    subnetIds: ["subnet-local"],
    securityGroupIds: ["sg-local"],
    kmsKeyArn: arn("kms", "key/none"),
    claimsTable: claimsTableName(PREFIX),
    weeklyMachineArn: localMachineArn("weekly"),
    topics: { alerts: arn("sns", `${PREFIX}-alerts`), models: arn("sns", `${PREFIX}-models`) },
    onlineGroup: `${PREFIX}-store-sku-sales-v2`,
    tags: {},
    sizes: { ...SIZES, ...sizes },
  };
}

export function localMachineArn(kind: MachineKind): string {
  return arn("states", `stateMachine:${machineName(PREFIX, kind)}`);
}
