import { measuredLine, type RecordedBench, recordedBenches } from "./measured-work";

/** What a stage has to do for the whole chain, and where the rate comes from. */
export interface StageWork {
  /** Seconds of one processor for 1.5 million series: 500 stores x 3,000 SKUs. */
  readonly processorSeconds: number;
  readonly basis: "measured" | "estimate";
  readonly source: string;
}

/** Series of the chain. */
export const CHAIN_SERIES = 1_500_000;
/** Days of history that a week's stages read: thirteen months. */
const HISTORY_DAYS = 400;
const HISTORY_ROWS = CHAIN_SERIES * HISTORY_DAYS;
/** Rows of a category's training set in prod, trees of a candidate, and how many are trained a week. */
const TRAINED = { millionRows: 5, trees: 120, categories: 4 } as const;
/** Trees and rows of the two benchmarks of a single model. */
const BENCH_TREES = 200;

const estimate = (processorSeconds: number, source: string): StageWork => ({
  processorSeconds,
  basis: "estimate",
  source,
});

/** Stages of the night by the states that the benchmark of a whole night names, all of them at the size of the chain. */
const NIGHT_STATES = {
  plan: "PlanRun",
  "score-sums": "SumShards",
  "reduce-score-sums": "ReduceSums",
  "score-trends": "MeasureTrends",
  "reduce-score-trends": "ReduceTrends",
  "model-rows": "WriteRows",
  "collect-forecasts": "CollectForecasts",
  order: "WriteOrders",
  serving: "WriteServing",
} as const;

/** Stages that were measured on a smaller chain, and what their work grows with. */
const WEEK_STATES = {
  "chain-sums": { heading: "weekly", state: "SumChain", by: "rows" },
  features: { heading: "weekly", state: "BuildFeatures", by: "rows" },
  baseline: { heading: "weekly", state: "FitBaseline", by: "rows" },
  "training-set": { heading: "weekly", state: "WriteTrainingSet", by: "rows" },
  // Their days are the hold-out's and the simulation's, however long the history is.
  evaluate: { heading: "weekly", state: "EvaluateLive", by: "series" },
  simulate: { heading: "nightly, 1 shard", state: "SimulateOrders", by: "series" },
} as const;

/** By the command of the container, and by the kind of SageMaker's own jobs. */
export type WorkTable = Readonly<Record<string, StageWork>>;

/** Work out of what was recorded: a new record is another price, and a line that is missing is an error. */
export function workOf(benches: readonly RecordedBench[]): WorkTable {
  const whole = Object.entries(NIGHT_STATES).map(([stage, state]) => [
    stage,
    scaled(benches, { bench: "night", heading: "up to 8 shards", state, by: "series" }),
  ]);
  const small = Object.entries(WEEK_STATES).map(([stage, line]) => [
    stage,
    scaled(benches, { bench: "machines", ...line }),
  ]);
  const work = Object.fromEntries([...whole, ...small]) as Record<string, StageWork>;
  const training = trainingWork(benches);
  const scorer = measuredLine(benches, "scorer", "XGBoost");
  const rowsPerSecond = 1e6 / scorer.cpuSeconds;
  return {
    ...work,
    ingest: estimate(HISTORY_ROWS / 1.5e6, "daily table written anew at 1.5 M rows per CPU s"),
    "online-features": estimate(600, "60,000 calls of 25 records, 100 a second in each of some shards"),
    measure: estimate(20, "10.5 M forecasts beside their days"),
    monitor: estimate(40, "10.5 M forecasts beside their days, then one pass a signal over their sums"),
    compare: estimate(40, "two models' 10.5 M forecasts beside their days"),
    "reduce-chain-sums": estimate(10, "sums of some blocks, one thread"),
    judge: estimate(work.evaluate!.processorSeconds, "as EvaluateLive, a category a job"),
    training,
    transform: estimate(
      (4 * 2 * 7 * CHAIN_SERIES) / rowsPerSecond,
      `XGBoost scores ${Math.round(rowsPerSecond / 1000)} k rows per CPU s; four times that for CSV and HTTP, two models`,
    ),
    "series-set": estimate(HISTORY_ROWS / 5e6, "scan of the history at 5 M rows per CPU s"),
    "series-training": estimate(8 * 1200, "DeepAR, twenty minutes of eight processors a category"),
    "series-transform": estimate(
      4 * 1000 * 0.6,
      "1,000 series x 4 origins, 0.3 to 1 s each by AWS's own word",
    ),
    tuning: estimate(training.processorSeconds * 8, "eight trainings of each category"),
  };
}

interface RecordedState {
  readonly bench: string;
  readonly heading: string;
  readonly state: string;
  readonly by: "series" | "rows";
}

/** A recorded state of a machine at the size of the chain. */
function scaled(benches: readonly RecordedBench[], { bench, heading, state, by }: RecordedState): StageWork {
  const { cpuSeconds, on, series, days } = measuredLine(benches, bench, state, heading);
  const rows = by === "rows" ? days : 1;
  if (series === undefined || rows === undefined)
    throw new Error(`docs/measured.json: the notes of ${bench} do not say what chain was measured`);
  const times = (CHAIN_SERIES * (by === "rows" ? HISTORY_DAYS : 1)) / (series * rows);
  const more =
    times === 1 ? "" : ` x ${times.toFixed(1)} for the chain's ${by === "rows" ? "history" : "series"}`;
  return {
    processorSeconds: cpuSeconds * times,
    basis: "measured",
    source: `${bench}, ${state}: ${cpuSeconds} CPU s${more} (${on})`,
  };
}

function trainingWork(benches: readonly RecordedBench[]): StageWork {
  const { cpuSeconds, on } = measuredLine(benches, "trainer", "XGBoost");
  const { millionRows, trees, categories } = TRAINED;
  return {
    processorSeconds: cpuSeconds * millionRows * (trees / BENCH_TREES) * categories,
    basis: "measured",
    source: `trainer, XGBoost: 1 M rows x ${BENCH_TREES} trees in ${cpuSeconds} CPU s (${on}); here ${millionRows} M x ${trees} in ${categories} categories`,
  };
}

let table: WorkTable | undefined;

/** The table of the repository's own record. */
export function stageWork(): WorkTable {
  return (table ??= workOf(recordedBenches()));
}
