import type { Category } from "./categories";
import type { ALL_CATEGORIES } from "./metrics";
import type { Variant } from "./variants";

/**
 * Small JSON files that a stage writes and a state machine reads (256 KB at most): what the next states branch on. Beside
 * each the command that writes it, as the machines call it (contracts/processing-container.ts says where folders are).
 */
export const RUN_DOCUMENTS = {
  plan: "plan.json",
  completeness: "completeness.json",
  metrics: "metrics.json",
  decisions: "decisions.json",
  trainingSet: "training-set.json",
  verdict: "verdict.json",
} as const;

/** Entries of the lists below at most; `…Count` has all of them. */
export const LISTED_MAX = 50;

/**
 * `plan --today <runDate> --shards <n>`, input `lake`; output `plan.json`.
 *
 * How the lake is cut for this run, and which stores it lacks on its last day.
 */
export interface RunPlan {
  readonly cutoff: string;
  readonly seriesCount: number;
  /** At most `--shards`; blocks are spread so that each shard has about as many rows. */
  readonly shards: readonly RunShard[];
  /** Stores that sold in the fourteen days before and have no row on the cutoff: their files are late. */
  readonly missingStoreCount: number;
  readonly missingStores: readonly string[];
  /** Days of the training features, `--from` and `--to` of the stages. */
  readonly features: { readonly from: string; readonly to: string };
}

export interface RunShard {
  /** From 0. */
  readonly number: number;
  readonly blocks: readonly number[];
  readonly storeCount: number;
  /** Codes of the first stores; an alarm names them when the shard fails. */
  readonly stores: readonly string[];
}

/**
 * `model-rows --block=<n>…`, inputs `lake`, `baseline`, `sums`, `trends`; outputs, one folder a category (`result/<category>/`) and one for
 * the online store (`result/online/`):
 *
 *   <category>/block=<nnn>.csv   what Batch Transform reads: TRANSFORM_KEYS, then the model input in its order, no header
 *   online/block=<nnn>.parquet   the rows of the online store for the day that entered the horizon (feature group store-sku-sales)
 */
export const TRANSFORM_KEYS = ["store_id", "sku_id", "day", "baseline", "naive", "sql_baseline"] as const;
/** Folder of the online store's rows beside those of the categories. */
export const ONLINE_ROWS = "online";

/**
 * `online-features --group <name>`, input `rows`: puts the rows into the online store, again what was not processed.
 *
 * `collect-forecasts`, inputs `lake`, `baseline`, `evaluation`, `answers`; output a forecast folder as `score` writes it, and in
 * it `completeness.json`; with `--calibration <category>/<version>=<factor>…` ordinary items of a category are multiplied by it. Answers are `<variant>/<category>/…/<file>.csv.out`: TRANSFORM_KEYS and the model's factor. It reports what
 * is missing; it fails only when it cannot read what is there.
 */
export interface Completeness {
  /** Series of the lake times seven days. */
  readonly expected: number;
  readonly found: number;
  readonly missingCount: number;
  readonly nanCount: number;
  readonly negativeCount: number;
  /** Series with a day without a usable answer, and the stores and SKUs that have one. */
  readonly missingSeriesCount: number;
  readonly missingStoreCount: number;
  readonly missingSkuCount: number;
  /** The first of each, LISTED_MAX at most: stores and SKUs sorted. */
  readonly missing: readonly { readonly store: string; readonly sku: string; readonly days: number }[];
  readonly missingStores: readonly string[];
  readonly missingSkus: readonly string[];
  readonly categories: readonly {
    readonly category: Category;
    readonly expected: number;
    readonly found: number;
  }[];
}

/**
 * `measure`, inputs `lake` (with the days that came since), `forecasts` (published before) and `simulation` (tonight's); output `metrics.json`.
 */
export interface NightMetrics {
  /** Days that were forecast and have come; the lists are empty when there are none. */
  readonly days: readonly string[];
  /** Names and units as in contracts/metrics.ts. */
  readonly metrics: readonly {
    readonly category: Category | typeof ALL_CATEGORIES;
    readonly name: string;
    readonly unit: string;
    readonly value: number;
  }[];
}

/**
 * `monitor --environment <name> [--previous <folder>]`, inputs `lake`, `evaluation`, `forecasts` (published before) and, from the second
 * night on, `previous` (its own folder of the night before); output `decisions.json`.
 *
 * @public as the machines read it
 */
export interface NightDecisions {
  /** Last day that was judged. */
  readonly day: string;
  /** Categories that are to be trained anew. */
  readonly retrain: readonly Category[];
  /** What is new this night. */
  readonly decisionCount: number;
  /** The first of them, in words for people. */
  readonly decisions: readonly {
    readonly scope: string;
    readonly action: string;
    readonly en: string;
    readonly ja: string;
  }[];
  /** What the next nights multiply the forecasts of ordinary items by, each up to its day; mostly none. */
  readonly calibrations: readonly LevelCalibration[];
}

/** One factor on a category's forecasts by one version of the champion (docs/adr/0106). */
export interface LevelCalibration {
  readonly category: Category;
  readonly version: string;
  readonly factor: number;
  /** Last run date that may use it, ISO date. */
  readonly until: string;
}

/**
 * `compare --night <folder>…  [--previous <folder>]`, inputs `lake`, forecasts of the newest nights, and `previous` (an earlier comparison);
 * output the file that release control reads (contracts/experiment.ts).
 *
 * `training-set --rows <most rows of a category>`, inputs `lake`, `features`, `baseline`; output per category what the built-in
 * XGBoost reads as text/csv with csv_weights=1: label (units / baseline), weight (baseline), then the model input in its order, no
 * header; an empty field is a missing value.
 *
 *   <category>/train/part-<n>.csv   <category>/validation/part-<n>.csv   training-set.json
 *
 * @public as the machines read it
 */
export interface TrainingSet {
  readonly trainedTo: string;
  readonly categories: readonly {
    readonly category: Category;
    readonly trainRows: number;
    readonly validationRows: number;
  }[];
}

/**
 * `evaluate --version <variant>/<category>=<version>…`, inputs `lake`, `features`, `baseline`, `served` (the models bucket's `mme/`).
 *
 * `judge --category <category> --version <variant>/<category>=<version>…`, inputs `lake`, `features`, `baseline`, `served`, `candidate`
 * (a training job's `model.tar.gz`; of DeepAR with `--series` and `--answers`, contracts/series-set.ts); output `<version>.tar.gz`, `<version>.card.json`, `verdict.json`. Rolling origins, beside the champion,
 * the simple forecasters and seasonal naive.
 *
 * @public as the machines read it
 */
export interface Verdict {
  readonly category: Category;
  readonly version: string;
  readonly trainedTo: string;
  readonly isAccepted: boolean;
  /** Why not; empty for an accepted one. */
  readonly reasons: readonly string[];
  /** Percent, on the category x store x day level. */
  readonly wape: number;
  readonly championWape: number;
  readonly bestSimpleWape: number;
  readonly naiveWape: number;
  readonly bias: number;
  readonly rows: number;
  readonly origins: number;
}

/**
 * Which models a run scores with: one entry per SSM pointer.
 *
 * @public as the machines hold it
 */
export interface LiveVersion {
  readonly variant: Variant;
  readonly category: Category;
  readonly version: string;
}
