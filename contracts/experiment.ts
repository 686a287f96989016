import type { Category } from "./categories";

/**
 * Phases of an experiment, which compares two versions of one category's model. The challenger serves nobody in DRAFT and
 * SHADOW, a tenth of the stores in CANARY and AB, and more and more of them in PROMOTING (docs/adr/0083).
 */
export const EXPERIMENT_PHASES = [
  "DRAFT",
  "SHADOW",
  "CANARY",
  "AB",
  "DECIDE",
  "EXTENDED",
  "PROMOTING",
  "PROMOTED",
  "ROLLING_BACK",
  "ROLLED_BACK",
  "CLOSED_INCONCLUSIVE",
] as const;
export type ExperimentPhase = (typeof EXPERIMENT_PHASES)[number];

/** Of these an experiment does not come back; a category has at most one experiment in another phase. */
export const CLOSED_PHASES: readonly ExperimentPhase[] = ["PROMOTED", "ROLLED_BACK", "CLOSED_INCONCLUSIVE"];

/** What the router has to know of a category's experiment: which stores get the challenger, and which version that is. */
export interface LiveSplit {
  readonly experimentId: string;
  readonly category: Category;
  readonly championVersion: string;
  readonly challengerVersion: string;
  /** Share of the stores that the challenger serves, 0 to 1; see assignVariant. */
  readonly challengerShare: number;
}

/** Where the router reads it. */
export interface SplitReader {
  /** Undefined where no experiment is live: every store gets the champion that the pointer names. */
  readSplit(category: Category): Promise<LiveSplit | undefined>;
}

/**
 * A router may go on with what it has read for this long, and no longer: a rollback has a minute in all, so it serves every
 * store by the champion when it cannot read the split anew after that.
 */
export const SPLIT_MAX_AGE_SECONDS = 20;

/** DynamoDB table of the experiments: `smartretail-prod-experiments`. */
export function experimentTableName(prefix: string): string {
  return `${prefix}-experiments`;
}

/** Its keys: of each category (a string) the revisions 1, 2, 3, … (a number). */
export const EXPERIMENT_KEYS = { category: "category", revision: "revision" } as const;

/** File of a comparison of nights, in the folder of its run. */
export const COMPARISON_FILE = "comparison.json";
/** Folder of the results bucket with the newest one. */
export const COMPARISON_FOLDER = "comparison";
/** Key of the newest comparison of the nights in the results bucket. */
export const COMPARISON_KEY = `${COMPARISON_FOLDER}/${COMPARISON_FILE}`;
