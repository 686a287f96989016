import type { DataBucketPurpose } from "../contracts/buckets";
import type { CategoryAlgorithms } from "../contracts/training-algorithms";

/** Where the machines of one environment run: names, ARNs and ids, nothing that changes with a run. */
export interface MachinePlace {
  readonly environment: "dev" | "prod";
  /** `smartretail-<environment>`. */
  readonly prefix: string;
  readonly buckets: Readonly<Record<DataBucketPurpose, string>>;
  /** Role ARNs. */
  readonly roles: Readonly<Record<"processing" | "training" | "inference", string>>;
  readonly images: Readonly<Record<"processing" | "xgboost" | "deepar", string>>;
  readonly algorithms: CategoryAlgorithms;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Key of the data lake: volumes and results. */
  readonly kmsKeyArn: string;
  readonly claimsTable: string;
  /** ARN of the machine that trains: nights start it for a category whose model has become worse. */
  readonly weeklyMachineArn: string;
  /** Topic ARNs. */
  readonly topics: { readonly alerts: string; readonly models: string };
  /** Feature group that the night writes. */
  readonly onlineGroup: string;
  /** Of every job: cost reports and the budget filter by them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly sizes: MachineSizes;
}

/** What a job runs on, and how long it may. */
export interface JobSize {
  readonly instanceType: string;
  readonly volumeGigabytes: number;
  readonly runtimeSeconds: number;
}

/** Decisions of the environment. */
export interface MachineSizes {
  /** Machines that share the blocks of a pass. */
  readonly shardCount: number;
  /** Share of the stores that may be late before the last good night is served, 0 to 1. */
  readonly lateStoreShareMax: number;
  /** How long the night waits for the day's files. */
  readonly deliveryWaitMinutes: number;
  readonly shard: JobSize;
  /** Of a single job that reads the whole lake. */
  readonly whole: JobSize;
  readonly transform: { readonly instanceType: string; readonly instanceCount: number };
  readonly training: JobSize;
  readonly trainingRowsMax: number;
  /** Days in which a category is not trained again. */
  readonly coolDownDays: number;
  readonly approval: "automatic" | "manual";
  /** Hours after which an unanswered version stays a proposal. */
  readonly approvalHours: number;
  readonly tuning: { readonly jobs: number; readonly parallelJobs: number; readonly runtimeSeconds: number };
}
