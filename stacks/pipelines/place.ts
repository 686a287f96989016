import { physicalName } from "../../components/physical-name";
import { deepArImageUri } from "../../components/deepar-image";
import { xgboostImageUri } from "../../components/xgboost-image";
import { DATA_BUCKETS } from "../../contracts/buckets";
import { FEATURE_GROUPS } from "../../contracts/feature-groups";
import { claimsTableName } from "../../contracts/machines";
import type { CategoryAlgorithms } from "../../contracts/training-algorithms";
import type { MachinePlace, MachineSizes } from "../../pipelines/place";
import { costTags, type Context } from "../context";
import { bucketName } from "../data-lake";
import { machineArn } from "../identity/arns";
import { roleArn } from "../role-names";
import type { Settings } from "../settings-schema";

/** SageMaker: a feature group's name has at most 64 characters. */
const GROUP_NAME_MAX = 64;

/** Share of the volume that each kind of job needs: a shard writes less, a training reads one category. */
const VOLUME_SHARE = { shard: 0.5, whole: 1, training: 0.5 } as const;
/** Jobs are ended then: twice what they take at the size of the chain (docs/adr/0077), so that a slow night is no lost one. */
const RUNTIME_SECONDS = { shard: 1800, whole: 3600, training: 1800 } as const;
const TUNING_SECONDS = 3 * 3600;
/** Hours in which somebody answers a proposal: a long weekend is no refusal. */
const APPROVAL_HOURS = 96;
const TRAINING_ROWS_MAX = 5_000_000;

/** Values that resources have once they are there. */
interface Known {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly kmsKeyArn: string;
  /** Processing image by digest. */
  readonly processing: string;
}

/** Where the machines of this environment run. */
export function plainPlace(context: Context, { processing, ...known }: Known): MachinePlace {
  const { settings, prefix, accountId, region } = context;
  const topic = (name: string) => `arn:aws:sns:${region}:${accountId}:${prefix}-${name}`;
  const buckets = DATA_BUCKETS.map((purpose) => [purpose, bucketName(context, purpose)]);
  return {
    environment: settings.environment,
    prefix,
    buckets: Object.fromEntries(buckets) as MachinePlace["buckets"],
    roles: {
      processing: roleArn(context, "processing"),
      training: roleArn(context, "training"),
      inference: roleArn(context, "inference"),
    },
    images: { processing, xgboost: xgboostImageUri(region), deepar: deepArImageUri(region) },
    algorithms: algorithmsOf(settings),
    ...known,
    claimsTable: claimsTableName(prefix),
    weeklyMachineArn: machineArn(context, "weekly"),
    topics: { alerts: topic("alerts"), models: topic("model-events") },
    onlineGroup: onlineGroup(prefix),
    tags: costTags(settings),
    sizes: sizesOf(settings),
  };
}

function algorithmsOf({ trainingAlgorithms }: Pick<Settings, "trainingAlgorithms">): CategoryAlgorithms {
  return Object.fromEntries(trainingAlgorithms.map((entry) => entry.split("="))) as CategoryAlgorithms;
}

function onlineGroup(prefix: string): string {
  const sales = FEATURE_GROUPS.find(({ name }) => name === "store-sku-sales")!;
  return physicalName(GROUP_NAME_MAX, prefix, sales.name, `v${sales.version}`);
}

function sizesOf(settings: Settings): MachineSizes {
  const job = (kind: keyof typeof VOLUME_SHARE, instanceType: string) => ({
    instanceType,
    volumeGigabytes: Math.ceil(VOLUME_SHARE[kind] * settings.jobVolumeGigabytes),
    runtimeSeconds: RUNTIME_SECONDS[kind],
  });
  return {
    shardCount: settings.processingShardCount,
    lateStoreShareMax: settings.lateStorePercentMax / 100,
    deliveryWaitMinutes: settings.deliveryWaitMinutes,
    shard: job("shard", settings.shardInstanceType),
    whole: job("whole", settings.pipelineInstanceType),
    transform: {
      instanceType: settings.transformInstanceType,
      instanceCount: settings.transformInstanceCount,
    },
    training: job("training", settings.trainingInstanceType),
    trainingRowsMax: TRAINING_ROWS_MAX,
    coolDownDays: settings.retrainCoolDownDays,
    approval: settings.modelApproval,
    approvalHours: APPROVAL_HOURS,
    tuning: {
      jobs: settings.tuningJobCount,
      parallelJobs: Math.min(4, settings.tuningJobCount),
      runtimeSeconds: TUNING_SECONDS,
    },
  };
}
