/** What a stage has to do for the whole chain, and where the rate comes from. */
export interface StageWork {
  /** Seconds of one processor for 1.5 million series: 500 stores x 3,000 SKUs. */
  readonly processorSeconds: number;
  readonly basis: "measured" | "estimate";
  readonly source: string;
}

/** Series of the chain. */
export const CHAIN_SERIES = 1_500_000;
/** Rows of the daily table that a week's stages read: thirteen months of the chain. */
const HISTORY_ROWS = CHAIN_SERIES * 400;

const measured = (processorSeconds: number, source: string): StageWork => ({
  processorSeconds,
  basis: "measured",
  source,
});
const estimate = (processorSeconds: number, source: string): StageWork => ({
  processorSeconds,
  basis: "estimate",
  source,
});

/** `npm run bench -- batch-scoring`: 68 CPU seconds for its three passes at this size, 14 more with the orders. */
const PASS_SECONDS = 68 / 3;
const PASS = measured(PASS_SECONDS, "batch scoring, a third of 68 CPU s");
const REDUCE = estimate(10, "sums of some blocks, one thread");
/** A scan of the history that keeps sums, at five million rows a CPU second. */
const SCAN = estimate(HISTORY_ROWS / 5e6, "scan of the history at 5 M rows per CPU s");

/** By the command of the container, and by the kind of SageMaker's own jobs. */
export const STAGE_WORK: Readonly<Record<string, StageWork>> = {
  ingest: estimate(HISTORY_ROWS / 1.5e6, "daily table written anew at 1.5 M rows per CPU s"),
  plan: REDUCE,
  "score-sums": PASS,
  "reduce-score-sums": REDUCE,
  "score-trends": PASS,
  "reduce-score-trends": REDUCE,
  "model-rows": estimate(PASS_SECONDS + 70, "the third pass, and 10.5 M lines of CSV at 150 k per CPU s"),
  "online-features": estimate(600, "60,000 calls of 25 records, 100 a second in each of some shards"),
  "collect-forecasts": estimate(42, "21 M answers at 500 k per CPU s"),
  simulate: SCAN,
  order: measured(14, "orders, 82 CPU s with batch scoring less 68 without"),
  serving: estimate(60, "10.5 M forecasts and the orders as 1,000 zipped files, 200 bytes a series"),
  measure: estimate(20, "10.5 M forecasts beside their days"),
  monitor: estimate(40, "10.5 M forecasts beside their days, then one pass a signal over their sums"),
  compare: estimate(40, "two models' 10.5 M forecasts beside their days"),
  "chain-sums": SCAN,
  "reduce-chain-sums": REDUCE,
  features: measured(HISTORY_ROWS / 1e6, "38 M rows in 38 CPU s (docs/adr/0021)"),
  baseline: SCAN,
  "training-set": SCAN,
  evaluate: SCAN,
  judge: SCAN,
  training: measured(
    82 * 5 * 0.6 * 4,
    "XGBoost, 1 M rows x 200 trees in 82 CPU s; here 5 M x 120 in four categories",
  ),
  transform: estimate(
    (4 * 2 * 7 * CHAIN_SERIES) / 168_000,
    "XGBoost scores 168 k rows per CPU s; four times that for CSV and HTTP, two models",
  ),
  "series-set": SCAN,
  "series-training": estimate(8 * 1200, "DeepAR, twenty minutes of eight processors a category"),
  "series-transform": estimate(4 * 1000 * 0.6, "1,000 series x 4 origins, 0.3 to 1 s each by AWS's own word"),
  tuning: estimate(82 * 5 * 0.6 * 4 * 8, "eight trainings of each category"),
};
