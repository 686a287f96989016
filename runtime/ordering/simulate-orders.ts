import { type Dispersion, varianceOf } from "../../forecasting/distribution/dispersion";
import { holdOutFrom } from "../../forecasting/evaluation/windows";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import {
  type Calibration,
  calibratePractice,
  chooseKnobs,
  type RateTargets,
} from "../../forecasting/simulation/calibrate-practice";
import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import {
  forecastPractice,
  FRESH_DAYS,
  isFresh,
  type PolicyKnobs,
  policyRunner,
  type SimulatedSeries,
  todaysPractice,
} from "../../forecasting/simulation/simulate-policy";
import type { Item } from "./item-terms";
import type { ScoredRows } from "../evaluation/scored-rows";
import type { ForecastSession } from "../pipelines/session";

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
/** Series that the calibration looks at: its knobs are two numbers, a sample fixes them. */
const CALIBRATION_SERIES = 800;

export interface SimulationPart {
  readonly name: string;
  readonly today: OutcomeRates;
  readonly ours: OutcomeRates;
}

export interface SimulationResult {
  readonly days: number;
  readonly series: number;
  readonly todayKnobs: PolicyKnobs;
  readonly ourKnobs: PolicyKnobs;
  /** Rates of both on the days that they were calibrated on. */
  readonly calibrated: { readonly today: OutcomeRates; readonly ours: OutcomeRates };
  /** All items, then fresh ones and the rest. */
  readonly parts: readonly SimulationPart[];
  readonly remarks: readonly string[];
}

/**
 * Runs both practices over the hold-out's demand. Every knob is set on the validation days; the hold-out is simulated
 * once. Undefined when no days were held back.
 */
export function simulateOrders(
  session: ForecastSession,
  scored: ScoredRows,
  items: ReadonlyMap<number, Item>,
  dispersions: readonly Dispersion[],
): SimulationResult | undefined {
  const { windows } = session;
  if (windows.holdOutDays === 0 || windows.validationDays === 0) return undefined;
  const from = holdOutFrom(windows);
  const warmUpDays = Math.min(WARM_UP_DAYS, Math.floor(windows.holdOutDays / 2));
  const calibration = sample(
    seriesOf(scored, items, dispersions, windows.trainTo + 1, from - 1),
    CALIBRATION_SERIES,
  );
  const judged = seriesOf(scored, items, dispersions, from, windows.cutoff);
  const run = (series: SimulatedSeries[], practice: typeof todaysPractice) =>
    policyRunner(series, practice, { warmUpDays });
  const today = calibratePractice(run(calibration, todaysPractice), TODAY_RATES);
  const ours = chooseKnobs(run(calibration, forecastPractice), GOODWILL_MULTIPLES, KPI_RATES);
  const parts = [
    { name: "all items", series: judged },
    { name: "fresh items", series: judged.filter(({ terms }) => isFresh(terms)) },
    { name: "other items", series: judged.filter(({ terms }) => !isFresh(terms)) },
  ].filter(({ series }) => series.length > 0);
  return {
    days: windows.holdOutDays - warmUpDays,
    series: judged.length,
    todayKnobs: today.knobs,
    ourKnobs: ours.knobs,
    calibrated: { today: today.reached, ours: ours.reached },
    parts: parts.map(({ name, series }) => ({
      name,
      today: run(series, todaysPractice)(today.knobs),
      ours: run(series, forecastPractice)(ours.knobs),
    })),
    remarks: remarksOf(scored, today, judged),
  };
}

function remarksOf(scored: ScoredRows, today: Calibration, judged: readonly SimulatedSeries[]): string[] {
  const remarks: string[] = [];
  const fresh = judged.filter(({ terms }) => isFresh(terms));
  const slow = fresh.filter(({ demand }) => demand.reduce((sum, units) => sum + units, 0) < demand.length);
  if (slow.length > 0) {
    remarks.push(
      `${slow.length} of ${fresh.length} fresh store x SKU pairs sell less than one unit a day and expire within ${FRESH_DAYS} days: ` +
        "any stock of them is mostly waste and none is a stock-out, whoever orders",
    );
  }
  if (!scored.rows.truth) {
    remarks.push(
      "demand of days that ran out is not known: the forecast stands in, so stock-outs are an estimate",
    );
  }
  const gap = (reached: number | null, target: number) => Math.abs((reached ?? 0) - target) > target / 4;
  const { stockOutRate, wasteRate } = today.reached;
  if (gap(stockOutRate.value, TODAY_RATES.stockOutRate) || gap(wasteRate.value, TODAY_RATES.wasteRate)) {
    remarks.push(
      "today's practice could not be set to 8 % stock-outs and 5 % waste at once on this assortment; its nearest setting is shown",
    );
  }
  return remarks;
}

/** Steps of the golden ratio meet every store and SKU alike; equal steps would meet the same SKUs in every store. */
const sample = (all: SimulatedSeries[], count: number) => {
  const chosen = new Set<number>();
  for (let i = 0; chosen.size < Math.min(count, all.length); i++) {
    chosen.add(Math.floor(((i * 0.618_033_988_749_895) % 1) * all.length));
  }
  return [...chosen].map((i) => all[i]!);
};

export interface StoreItemSeries extends SimulatedSeries {
  readonly storeId: number;
  readonly skuId: number;
}

/** Series that have a row on every day from `from` to `to`, and forecasts for the days that orders look ahead to. */
export function seriesOf(
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
    if (first >= start && last < end && item) {
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
