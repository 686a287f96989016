import { CATEGORIES, type Category } from "./categories";
import type { Variant } from "./variants";

/** The state machines: what happens every night, every week, and when hyperparameters are searched. */
export const MACHINE_KINDS = ["nightly", "weekly", "tuning"] as const;
export type MachineKind = (typeof MACHINE_KINDS)[number];

/** `smartretail-prod-nightly`. */
export function machineName(prefix: string, kind: MachineKind): string {
  return `${prefix}-${kind}`;
}

/**
 * Why a run was started:
 *
 *   schedule   its time has come; taken when the input has no reason
 *   person     somebody wants it
 *   drift      the sales of one category are not what its models were trained on; the weekly machine alone knows it
 *
 * @public as who starts a machine says it
 */
export type RunReason = "schedule" | "person" | "drift";

/**
 * Input of an execution; one of runDate and scheduledTime.
 *
 * @public what people, schedules and other machines start a machine with
 */
export interface MachineInput {
  /** Day in Japan on which the run belongs, `2026-11-25`: its forecasts begin on it, its sales end the day before. */
  readonly runDate?: string;
  /** What EventBridge Scheduler fills in for `<aws.scheduler.scheduled-time>`, UTC. */
  readonly scheduledTime?: string;
  /** @default schedule */
  readonly reason?: RunReason;
  /** What the weekly machine trains; exactly one for `drift`. @default all */
  readonly categories?: readonly Category[];
}

/** What became of a category's training: its challenger is new, or why it is not. */
interface CategoryEnd {
  readonly category: string;
  /** `challenger`, `refused by the gate`, `failed`, … */
  readonly outcome: string;
  readonly cause?: string;
}

/** Output of an execution that has succeeded; nothing of it where somebody else has the run. */
export interface MachineOutput {
  readonly runDate?: string;
  /** Of the weekly machine and of tuning. */
  readonly categories?: readonly CategoryEnd[];
  /** Of the nightly machine: store x SKU x days that were published. */
  readonly forecasts?: number;
  /** Where they are, `s3://…`. */
  readonly results?: string;
}

/**
 * The table of claims, `smartretail-prod-run-claims`: Scheduler delivers at least once, and people press twice. Every item
 * has the key `claim`:
 *
 *   nightly#2026-11-25         run of a kind and day: `status` running, done or failed; a failed one may be claimed again
 *   weekly#2026-11-25#drinks   the same of a run that a person started for some categories, in the order of the alphabet
 *   drift#drinks               one run for the drift of a category at a time, and a pause after it (`coolDownUntil`), a failed one too
 *   category#drinks            one training or tuning of a category at a time, and a pause after it (`coolDownUntil`)
 *   published#nightly          day up to which a manifest has been published (`through`): an older run never replaces it
 *
 * `leaseUntil` ends a claim whose execution died without a word. Times are seconds since 1970 as DynamoDB numbers.
 */
export const CLAIM_KEY = "claim";
/** Attribute by which DynamoDB deletes items, in seconds since 1970. */
export const CLAIM_EXPIRY = "expiresAt";

/** State in which a run ends, and well, whose claim somebody else has or has done. */
export const ALREADY_CLAIMED = "AlreadyClaimed";

/** State after the claim: the run has its day, and nobody else. */
export const BEGUN = "NameRun";

export function claimsTableName(prefix: string): string {
  return `${prefix}-run-claims`;
}

export function driftClaim(category: string): string {
  return `drift#${category}`;
}

export function categoryClaim(category: string): string {
  return `category#${category}`;
}

/** What a job of a machine is named after; with a category or a shard where there are several at a time. */
export type JobPurpose =
  | "ingest"
  | "plan"
  | "score-sums"
  | "reduce-score-sums"
  | "score-trends"
  | "reduce-score-trends"
  | "model-rows"
  | "online-features"
  | "collect-forecasts"
  | "simulate"
  | "order"
  | "serving"
  | "measure"
  | "monitor"
  | "compare"
  | "chain-sums"
  | "reduce-chain-sums"
  | "features"
  | "baseline"
  | "training-set"
  | "evaluate"
  | `${Variant}-${Category}`
  | `train-${Category}`
  | `series-${Category}`
  | `holdout-${Category}`
  | `judge-${Category}`;

/** SageMaker: names of jobs and models have at most 63 characters; those of tuning jobs 32. */
export const JOB_NAME_MAX = 63;
export const TUNING_JOB_NAME_MAX = 32;

/**
 * `<prefix>-<purpose>[-s<shard>]-<yyyymmdd>-<token>[-<attempt>]`: SageMaker takes a name once and never again, so the token is the
 * execution's, and the attempt that of the state.
 */
export const JOB_NAME_PATTERN = /^smartretail-(dev|prod)-[a-z-]+(-s\d{1,2})?-\d{8}-[0-9a-f]{6}(-\d)?$/;

/** Positions in CATEGORIES: a tuning job's name has no room for more. */
export const CATEGORY_NUMBERS: Readonly<Record<string, number>> = Object.fromEntries(
  CATEGORIES.map((category, i) => [category, i]),
);
