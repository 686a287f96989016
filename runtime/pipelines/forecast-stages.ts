import { isoDate } from "../../forecasting/calendar/day";
import type { BacktestWindows } from "../../forecasting/evaluation/windows";
import { type BaselineReport, fitBaseline } from "../baseline/fit-baseline";
import { counted } from "../engine/text/counted";
import type { Stage } from "../engine/stages/run-stage";
import { evaluate, type EvaluateReport } from "../evaluation/evaluate";
import { buildFeatures, type FeatureReport } from "../features/build-features";
import { type ChainReport, reduceChain, sumChain } from "../features/chain-sums";
import { orderWeek, type OrdersSummary } from "../ordering/order-week";
import { buildServing, type ServingReport } from "../serving/build-serving";
import { simulateOrders, type SimulateReport } from "../ordering/simulate-orders";
import { batchScore, type ScoreReport } from "../scoring/batch-score";
import { trainModels, type TrainReport } from "../training/train";

/** Where each stage of a run writes. */
export interface WeekFolders {
  readonly lake: string;
  readonly blockSums: string;
  readonly chainSums: string;
  readonly features: string;
  readonly baseline: string;
  readonly models: string;
  readonly evaluation: string;
  readonly forecasts: string;
  readonly simulation: string;
  readonly orders: string;
  readonly serving: string;
  readonly report: string;
}

const text = (count: number) => count.toLocaleString("en");
const TOO_LITTLE = "too little history";

const rangeOf = ({ trainFrom, cutoff }: BacktestWindows) => ({
  from: isoDate(trainFrom),
  to: isoDate(cutoff),
});

export function sumChainStage(at: WeekFolders, windows: BacktestWindows): Stage<ChainReport> {
  const options = rangeOf(windows);
  return {
    name: "chain-sums",
    inputs: { lake: at.lake },
    out: at.blockSums,
    options,
    run: () => sumChain({ lake: at.lake, out: at.blockSums, ...options }),
    describe: ({ blockCount }) => counted(blockCount, "block"),
  };
}

export function reduceChainStage(at: WeekFolders): Stage<ChainReport> {
  return {
    name: "reduce",
    inputs: { lake: at.lake, blockSums: at.blockSums },
    out: at.chainSums,
    options: {},
    run: () => reduceChain({ lake: at.lake, parts: [at.blockSums], out: at.chainSums }),
    describe: ({ rowCount }) => `${text(rowCount)} SKU x days of the chain`,
  };
}

export function featureStage(at: WeekFolders, windows: BacktestWindows): Stage<FeatureReport> {
  const { lake, chainSums } = at;
  const options = rangeOf(windows);
  return {
    name: "features",
    inputs: { lake, chainSums },
    out: at.features,
    options,
    run: (onProgress) =>
      buildFeatures({
        lake,
        chainSums,
        out: at.features,
        ...options,
        onProgress: (done, all) => onProgress(`${done} of ${all} blocks`),
      }),
    describe: ({ rowCount }) => counted(rowCount, "row"),
  };
}

export function baselineStage(at: WeekFolders): Stage<BaselineReport> {
  return {
    name: "baseline",
    inputs: { lake: at.lake },
    out: at.baseline,
    options: {},
    run: () => fitBaseline({ lake: at.lake, out: at.baseline }),
    describe: ({ factorCount, fittedTo }) => `${text(factorCount)} factors from days up to ${fittedTo}`,
  };
}

/** @param threads decides how fast the trees grow, never which: it is no option of the result */
export function trainStage(at: WeekFolders, threads: number): Stage<TrainReport> {
  const { lake, features, baseline } = at;
  return {
    name: "train",
    inputs: { lake, features, baseline },
    out: at.models,
    options: {},
    run: (onProgress) => trainModels({ lake, features, baseline, out: at.models, threads, onProgress }),
    describe: ({ categories }) => {
      const trees = categories.filter(({ champion }) => champion.kind === "boosted-trees").length;
      return `champion and challenger for ${categories.length} categories (${trees} with trees)`;
    },
  };
}

export function evaluateStage(at: WeekFolders, truth: string | undefined): Stage<EvaluateReport> {
  const { lake, features, baseline, models } = at;
  const inputs = { lake, features, baseline, models, truth };
  return {
    name: "evaluate",
    inputs,
    out: at.evaluation,
    options: {},
    run: () => evaluate({ ...inputs, out: at.evaluation }),
    describe: ({ rowCount, origins, days }) =>
      origins > 0
        ? `${text(rowCount)} rows by four forecasters, ${origins} origins, ${days} days`
        : TOO_LITTLE,
  };
}

export function scoreStage(at: WeekFolders, threads: number): Stage<ScoreReport> {
  const { lake, baseline, models, evaluation } = at;
  const inputs = { lake, baseline, models, evaluation };
  return {
    name: "score",
    inputs,
    out: at.forecasts,
    options: { onlineRows: true },
    run: (onProgress) => batchScore({ ...inputs, out: at.forecasts, onlineRows: true, threads, onProgress }),
    describe: ({ forecasts }) => `${counted(forecasts, "forecast")} with quantiles`,
  };
}

export function simulateStage(at: WeekFolders): Stage<SimulateReport> {
  const { lake, evaluation, forecasts } = at;
  return {
    name: "simulate",
    inputs: { lake, evaluation, forecasts },
    out: at.simulation,
    options: {},
    run: () => simulateOrders({ lake, evaluation, forecasts, out: at.simulation }),
    describe: ({ series }) => (series > 0 ? `${text(series)} series, two practices` : TOO_LITTLE),
  };
}

export function orderStage(at: WeekFolders, data: string | undefined, threads: number): Stage<OrdersSummary> {
  const { lake, evaluation, forecasts, simulation } = at;
  const inputs = { lake, evaluation, forecasts, simulation, data };
  return {
    name: "order",
    inputs,
    out: at.orders,
    options: {},
    run: (onProgress) => orderWeek({ ...inputs, out: at.orders, threads, onProgress }),
    describe: ({ lines }) => counted(lines, "order line"),
  };
}

export function servingStage(at: WeekFolders): Stage<ServingReport> {
  const { lake, evaluation, forecasts, orders } = at;
  const inputs = { lake, evaluation, forecasts, orders };
  return {
    name: "serving",
    inputs,
    out: at.serving,
    options: {},
    run: () => buildServing({ ...inputs, out: at.serving }),
    describe: ({ stores, skus }) => `${text(stores)} stores and ${text(skus)} SKUs for the API`,
  };
}
