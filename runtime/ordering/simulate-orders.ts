import { writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import { type Dispersion, varianceOf } from "../../forecasting/distribution/dispersion";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import {
  type Calibration,
  calibratePractice,
  chooseParameters,
  type RateTargets,
} from "../../forecasting/simulation/calibrate-practice";
import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import {
  forecastPractice,
  FRESH_DAYS,
  isFresh,
  type PolicyParameters,
  policyRunner,
  type SimulatedSeries,
  stockAfter,
  todaysPractice,
} from "../../forecasting/simulation/simulate-policy";
import { type Database, quote } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { readEvaluation } from "../evaluation/evaluate";
import { SCORED_COLUMNS, SCORED_FILE, scoredRowsOf } from "../evaluation/scored-file";
import type { ScoredRows } from "../evaluation/scored-rows";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { allForecasts } from "../scoring/forecast-files";
import { type Item, readItems } from "./item-terms";
import { writeSimulatedStock } from "./stock";
import { globSafe } from "../engine/duckdb/glob-safe";

/** What the chain reports of today's ordering, and the lines that it wants to get under. */
export const TODAY_RATES: RateTargets = { stockOutRate: 0.08, wasteRate: 0.05 };
export const KPI_RATES: RateTargets = { stockOutRate: 0.03, wasteRate: 0.02 };
/**
 * Goodwill of a lost sale as a multiple of the margin: what the calibration may choose from. Below 0 a chain gives up
 * profit to throw less away: the waste line is stricter than what pays.
 */
const GOODWILL_MULTIPLES = [-0.9, -0.6, -0.3, 0, 0.5, 1, 2, 3, 5, 8, 12, 20, 35, 60];
/** First days of each window that only warm the stock up. */
const WARM_UP_DAYS = 7;
/** Series that the calibration looks at: it sets two numbers, for which a sample is enough. */
const CALIBRATION_SERIES = 800;

interface SimulationPart {
  readonly name: string;
  readonly today: OutcomeRates;
  readonly ours: OutcomeRates;
}

export interface SimulationResult {
  readonly days: number;
  readonly series: number;
  readonly todayParameters: PolicyParameters;
  readonly ourParameters: PolicyParameters;
  /** Rates of both on the days that they were calibrated on. */
  readonly calibrated: { readonly today: OutcomeRates; readonly ours: OutcomeRates };
  /** All items, then fresh ones and the rest. */
  readonly parts: readonly SimulationPart[];
  readonly warnings: readonly string[];
}

const MEMORY_MEGABYTES = 700;
const SIMULATION_FILE = "simulation.json";

export interface SimulateOrdersOptions {
  readonly lake: string;
  /** Folders of `evaluate` and `batchScore`: orders at the end of the hold-out look ahead into the coming week. */
  readonly evaluation: string;
  readonly forecasts: string;
  /** Folder of the result, replaced as a whole: simulation.json, and the stock that it ends with as stock.parquet. */
  readonly out: string;
}

export interface SimulateReport {
  /** Store and SKU pairs that were simulated; 0 where the history is too short to hold days back. */
  readonly series: number;
  readonly days: number;
}

/** Runs today's practice and the recommended orders over the hold-out, and keeps the stock that they end with. */
export async function simulateOrders(options: SimulateOrdersOptions): Promise<SimulateReport> {
  await distributionReady;
  const windows = windowsOf(options.lake, await readLake(options.lake));
  const { dispersions } = await readEvaluation(options.evaluation);
  return replaceFolder(options.out, (folder) =>
    withLake(options.lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const scored = await readScored(database, options);
      const items = await readItems(database);
      const simulation = simulateHoldOut(windows, scored, items, dispersions.validation);
      await writeFile(
        join(folder, SIMULATION_FILE),
        `${JSON.stringify(simulation?.result ?? null, undefined, 2)}\n`,
      );
      if (!simulation) return { series: 0, days: 0 };
      const policy = forecastPractice(simulation.result.ourParameters);
      const stock = simulation.holdOut.map((series) => ({ ...series, ...stockAfter(series, policy) }));
      await writeSimulatedStock(database, stock, folder);
      return { series: simulation.result.series, days: simulation.result.days };
    }),
  );
}

/** What `simulateOrders` wrote into a folder; undefined where the history was too short. */
export async function readSimulation(folder: string): Promise<SimulationResult | undefined> {
  const text = await readFile(join(folder, SIMULATION_FILE), "utf8").catch(() => {
    throw new Error(`${folder} holds no simulation: there is no ${SIMULATION_FILE}`);
  });
  return (JSON.parse(text) as SimulationResult | null) ?? undefined;
}

/** The evaluation days, then the published forecasts of the coming week. */
async function readScored(
  database: Database,
  { evaluation, forecasts }: SimulateOrdersOptions,
): Promise<ScoredRows> {
  const batch = await database.columns(`
    SELECT ${SCORED_COLUMNS.join(", ")} FROM ${quote(globSafe(join(evaluation, SCORED_FILE)))}
    UNION ALL
    SELECT store_id, sku_id, day, category_code, NULL, mean_units, challenger_mean_units, baseline_units, naive_units,
      NULL, NULL
    FROM ${allForecasts(forecasts)} JOIN stores USING (store_code) JOIN products USING (sku_code)
    JOIN product_codes USING (sku_id)
    ORDER BY store_id, sku_id, day`);
  return scoredRowsOf(batch);
}

/**
 * Runs both practices over the hold-out's demand. Every parameter is set on the validation days; the hold-out is simulated
 * once. Undefined when no days were held back.
 */
function simulateHoldOut(
  windows: BacktestWindows,
  scored: ScoredRows,
  items: ReadonlyMap<number, Item>,
  dispersions: readonly Dispersion[],
): { result: SimulationResult; holdOut: StoreItemSeries[] } | undefined {
  if (windows.holdOutDays === 0 || windows.validationDays === 0) return undefined;
  const from = holdOutFrom(windows);
  const warmUpDays = Math.min(WARM_UP_DAYS, Math.floor(windows.holdOutDays / 2));
  const calibration = sample(
    seriesOf(scored, items, dispersions, windows.trainTo + 1, from - 1),
    CALIBRATION_SERIES,
  );
  const holdOut = seriesOf(scored, items, dispersions, from, windows.cutoff);
  const run = (series: readonly SimulatedSeries[], practice: typeof todaysPractice) =>
    policyRunner(series, practice, { warmUpDays });
  const today = calibratePractice(run(calibration, todaysPractice), TODAY_RATES);
  const ours = chooseParameters(run(calibration, forecastPractice), GOODWILL_MULTIPLES, KPI_RATES);
  const parts = [
    { name: "all items", series: holdOut },
    { name: "fresh items", series: holdOut.filter(({ terms }) => isFresh(terms)) },
    { name: "other items", series: holdOut.filter(({ terms }) => !isFresh(terms)) },
  ].filter(({ series }) => series.length > 0);
  const result = {
    days: windows.holdOutDays - warmUpDays,
    series: holdOut.length,
    todayParameters: today.parameters,
    ourParameters: ours.parameters,
    calibrated: { today: today.reached, ours: ours.reached },
    parts: parts.map(({ name, series }) => ({
      name,
      today: run(series, todaysPractice)(today.parameters),
      ours: run(series, forecastPractice)(ours.parameters),
    })),
    warnings: warningsOf(scored, today, holdOut),
  };
  return { result, holdOut };
}

function warningsOf(scored: ScoredRows, today: Calibration, holdOut: readonly SimulatedSeries[]): string[] {
  const warnings: string[] = [];
  const fresh = holdOut.filter(({ terms }) => isFresh(terms));
  const slow = fresh.filter(({ demand }) => demand.reduce((sum, units) => sum + units, 0) < demand.length);
  if (slow.length > 0) {
    warnings.push(
      `${slow.length} of ${fresh.length} fresh store x SKU pairs sell less than one unit a day and expire within ${FRESH_DAYS} days: ` +
        "any stock of them is mostly waste and none is a stock-out, whoever orders",
    );
  }
  if (!scored.rows.truth) {
    warnings.push(
      "demand of days that ran out is not known: the forecast stands in, so stock-outs are an estimate",
    );
  }
  const gap = (reached: number | null, target: number) => Math.abs((reached ?? 0) - target) > target / 4;
  const { stockOutRate, wasteRate } = today.reached;
  if (gap(stockOutRate.value, TODAY_RATES.stockOutRate) || gap(wasteRate.value, TODAY_RATES.wasteRate)) {
    warnings.push(
      "today's practice could not be set to 8 % stock-outs and 5 % waste at once on this assortment; its nearest setting is shown",
    );
  }
  return warnings;
}

/** Steps of the golden ratio meet every store and SKU alike; equal steps would meet the same SKUs in every store. */
const sample = (all: SimulatedSeries[], count: number) => {
  const chosen = new Set<number>();
  for (let i = 0; chosen.size < Math.min(count, all.length); i++) {
    chosen.add(Math.floor(((i * 0.618_033_988_749_895) % 1) * all.length));
  }
  return [...chosen].map((i) => all[i]!);
};

interface StoreItemSeries extends SimulatedSeries {
  readonly storeId: number;
  readonly skuId: number;
}

/** Series that have a row on every day from `from` to `to`, and forecasts for the days that orders look ahead to. */
function seriesOf(
  { rows, means }: ScoredRows,
  items: ReadonlyMap<number, Item>,
  dispersions: readonly Dispersion[],
  from: number,
  to: number,
): StoreItemSeries[] {
  const all: StoreItemSeries[] = [];
  for (let start = 0; start < rows.rowCount;) {
    let end = start;
    const same = (row: number) =>
      rows.storeIds[row] === rows.storeIds[start] && rows.skuIds[row] === rows.skuIds[start];
    while (end < rows.rowCount && same(end)) end++;
    const first = rows.days.subarray(start, end).indexOf(from) + start;
    const last = first + (to - from);
    const item = items.get(rows.skuIds[start]!);
    if (first >= start && last < end && rows.days[last] === to && item) {
      const ahead = Math.min(end, last + 1 + HORIZON_DAYS);
      const dispersion = dispersions[CATEGORIES.findIndex((name) => name === item.category)]!;
      const forecastMeans = Float64Array.from(means.champion.subarray(first, ahead));
      all.push({
        storeId: rows.storeIds[start]!,
        skuId: item.skuId,
        terms: item.terms,
        demand: demandAt(rows, means.champion, first, last),
        forecastMeans,
        forecastDeviations: forecastMeans.map((mean) => Math.sqrt(varianceOf(dispersion, mean))),
        dayCorrelation: dispersion.dayCorrelation,
        naive: Float64Array.from(means.naive.subarray(first, ahead)),
      });
    }
    start = end;
  }
  return all;
}

/** Generated data knows the demand; real data knows the sales, and nothing on days that ran out. */
function demandAt(rows: ScoredRows["rows"], mean: Float32Array, first: number, last: number): Float64Array {
  return Float64Array.from({ length: last - first + 1 }, (_, i) => {
    const row = first + i;
    if (rows.truth) return rows.truth.demand[row]!;
    return Number.isNaN(rows.units[row]!) ? Math.round(mean[row]!) : rows.units[row]!;
  });
}
