import { writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { isoDate } from "../../forecasting/calendar/day";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { calibratePractice, simulateWithParameters } from "../../forecasting/simulation/calibrate-practice";
import { chooseMultiplier } from "../../forecasting/simulation/choose-multiplier";
import { frontierOf, HABIT_FACTORS, SERVICE_MULTIPLIERS } from "../../forecasting/simulation/frontier";
import {
  addOutcomes,
  NOTHING,
  outcomeRates,
  type OutcomeRates,
} from "../../forecasting/simulation/outcome-rates";
import {
  forecastPractice,
  isFresh,
  type Practice,
  type SimulatedSeries,
  todaysPractice,
} from "../../forecasting/simulation/practices";
import { runPractice, type SimulationWindow } from "../../forecasting/simulation/simulate-practice";
import { type Database, quote } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { readEvaluation } from "../evaluation/evaluate";
import { SCORED_COLUMNS, SCORED_FILE, scoredRowsOf } from "../evaluation/scored-file";
import type { ScoredRows } from "../evaluation/scored-rows";
import { withSpillingLake } from "../lake/lake-views";
import { allForecasts } from "../scoring/forecast-files";
import { type Item, readItems } from "./item-terms";
import { oracleOf, seriesOf, type StoreItemSeries } from "./simulated-series";
import {
  type FrontierCurve,
  KPI_RATES,
  type MonthYen,
  type SimulationPart,
  type SimulationResult,
  TODAY_MONTH_YEN,
  TODAY_RATES,
} from "./simulation-result";
import { simulationWarnings } from "./simulation-warnings";
import { type SimulatedStock, writeSimulatedStock } from "./stock";
import { globSafe } from "../engine/duckdb/glob-safe";

/** First days of each window that only warm the stock up. */
const WARM_UP_DAYS = 7;
/** Series and days that the parameters are set on: two or three numbers, for which a sample is enough. */
const CALIBRATION_SERIES = 1200;
const CALIBRATION_DAYS = 28;
/** Most series of a frontier, which is only drawn. */
const FRONTIER_SERIES = 800;

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
  const { dispersions, windows } = await readEvaluation(options.evaluation);
  return replaceFolder(options.out, (folder) =>
    withSpillingLake(options.lake, { folder, memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const scored = await readScored(database, options, windows.cutoff);
      const items = await readItems(database);
      const simulation = simulateHoldOut(windows, scored, items, dispersions.validation);
      await writeFile(
        join(folder, SIMULATION_FILE),
        `${JSON.stringify(simulation?.result ?? null, undefined, 2)}\n`,
      );
      if (!simulation) return { series: 0, days: 0 };
      await writeSimulatedStock(database, simulation.stock, folder);
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

/**
 * The evaluation days, then a week from the published forecasts for the orders that look ahead: a night later than the evaluation
 * forecasts later days, and stands in with the same weekdays.
 */
async function readScored(
  database: Database,
  { evaluation, forecasts }: SimulateOrdersOptions,
  cutoff: number,
): Promise<ScoredRows> {
  const scored = quote(globSafe(join(evaluation, SCORED_FILE)));
  const next = `DATE '${isoDate(cutoff + 1)}'`;
  const batch = await database.columns(`
    SELECT ${SCORED_COLUMNS.join(", ")} FROM ${scored}
    UNION ALL
    SELECT store_id, sku_id, ${next} + ((day - ${next}) % ${HORIZON_DAYS})::INTEGER, category_code, NULL, mean_units, challenger_mean_units, baseline_units, NULL, naive_units,
      NULL, NULL
    FROM ${allForecasts(forecasts)} JOIN stores USING (store_code) JOIN products USING (sku_code)
    JOIN product_codes USING (sku_id) SEMI JOIN (SELECT DISTINCT store_id FROM ${scored}) USING (store_id)
    ORDER BY store_id, sku_id, day`);
  return scoredRowsOf(batch);
}

/**
 * Runs both practices over the hold-out's demand, with parameters that were set on the validation days. Undefined when no
 * days were held back.
 */
function simulateHoldOut(
  windows: BacktestWindows,
  scored: ScoredRows,
  items: ReadonlyMap<number, Item>,
  dispersions: readonly Dispersion[],
): { result: SimulationResult; stock: SimulatedStock[] } | undefined {
  if (windows.holdOutDays === 0 || windows.validationDays === 0) return undefined;
  const from = holdOutFrom(windows);
  const window = { warmUpDays: Math.min(WARM_UP_DAYS, Math.floor(windows.holdOutDays / 2)) };
  const belief = { means: scored.means.champion, dispersions };
  const calibrateFrom = Math.max(windows.trainTo + 1, from - CALIBRATION_DAYS);
  const calibration = sample(seriesOf(scored, items, belief, calibrateFrom, from - 1), CALIBRATION_SERIES);
  const today = calibratePractice(calibration, todaysPractice, TODAY_RATES, window);
  const chosen = chooseMultiplier(calibration, KPI_RATES, window);
  const holdOut = seriesOf(scored, items, belief, from, windows.cutoff);
  const runs = runPractice(holdOut, forecastPractice, chosen.parameter, window);
  const parts = PARTS.map(({ name, holds }) => ({
    name,
    series: holdOut.filter(holds),
    ours: runs.filter((_, i) => holds(holdOut[i]!)),
  }))
    .filter(({ series }) => series.length > 0)
    .map(({ name, series, ours }) => ({
      name,
      today: simulateWithParameters(series, todaysPractice, today.parameters, window),
      ours: outcomeRates(ours.reduce((sum, { totals }) => addOutcomes(sum, totals), NOTHING)),
    }));
  const perfect = oracleOf(scored, (row) => scored.rows.days[row]! < from);
  const oracle = seriesOf(scored, items, perfect, from, windows.cutoff);
  const frontier = frontierResult(holdOut, oracle, scored.rows.truth ? ORACLE : FORESIGHT, window);
  const result = {
    days: windows.holdOutDays - window.warmUpDays,
    series: holdOut.length,
    todayParameters: today.parameters,
    multiplier: chosen.parameter,
    calibrated: { today: today.reached, ours: chosen.rates },
    parts,
    frontier,
    yen: yenOf(parts[0]),
    warnings: simulationWarnings(scored, today.reached, holdOut, parts[0], frontier),
  };
  const stock = holdOut.map(({ storeId, skuId }, i) => ({ storeId, skuId, ...runs[i]!.final }));
  return { result, stock };
}

/** Stock-outs against waste of both practices, and of our orders with the best forecast possible (`oracle`). */
function frontierResult(
  holdOut: readonly StoreItemSeries[],
  oracle: readonly StoreItemSeries[],
  oracleName: string,
  window: SimulationWindow,
): SimulationResult["frontier"] {
  const curve = (
    name: string,
    series: readonly SimulatedSeries[],
    practice: Practice,
    parameters: readonly number[],
  ) => curveOf(name, frontierOf(sample(series, FRONTIER_SERIES), practice, parameters, window));
  return {
    series: Math.min(holdOut.length, FRONTIER_SERIES),
    curves: [
      curve("today's practice", holdOut, todaysPractice, HABIT_FACTORS),
      curve("our forecast", holdOut, forecastPractice, SERVICE_MULTIPLIERS),
      curve(oracleName, oracle, forecastPractice, SERVICE_MULTIPLIERS),
    ],
  };
}

const ORACLE = "an oracle's forecast (knows the true mean)";
const FORESIGHT = "perfect foresight (knows every day's demand)";

const PARTS: readonly { readonly name: string; readonly holds: (series: SimulatedSeries) => boolean }[] = [
  { name: "all items", holds: () => true },
  { name: "fresh items", holds: ({ terms }) => isFresh(terms) },
  { name: "other items", holds: ({ terms }) => !isFresh(terms) },
];

function curveOf(name: string, points: ReturnType<typeof frontierOf>): FrontierCurve {
  return {
    name,
    points: points.flatMap(({ parameter, rates: { stockOutRate, wasteRate } }) =>
      stockOutRate.value === null || wasteRate.value === null
        ? []
        : [{ parameter, stockOutRate: stockOutRate.value, wasteRate: wasteRate.value }],
    ),
  };
}

function yenOf(all: SimulationPart | undefined): SimulationResult["yen"] {
  const of = (rates: OutcomeRates | undefined): MonthYen => ({
    lost: Math.round(rates?.totals.lostYen ?? 0),
    waste: Math.round(rates?.totals.wasteYen ?? 0),
  });
  const [today, ours] = [of(all?.today), of(all?.ours)];
  const scaled = (month: number, part: number, whole: number) =>
    whole > 0 ? Math.round((month * part) / whole) : undefined;
  return {
    today,
    ours,
    chainMonth: {
      today: TODAY_MONTH_YEN,
      ours: {
        lost: scaled(TODAY_MONTH_YEN.lost, ours.lost, today.lost),
        waste: scaled(TODAY_MONTH_YEN.waste, ours.waste, today.waste),
      },
    },
  };
}

/** Steps of the golden ratio meet every store and SKU alike; equal steps would meet the same SKUs in every store. */
const sample = (all: readonly SimulatedSeries[], count: number) => {
  const chosen = new Set<number>();
  for (let i = 0; chosen.size < Math.min(count, all.length); i++) {
    chosen.add(Math.floor(((i * 0.618_033_988_749_895) % 1) * all.length));
  }
  return [...chosen].map((i) => all[i]!);
};
