import { HORIZON_DAYS } from "../../contracts/horizon";
import {
  CELL,
  FACTOR_DAYS,
  HISTORY_DAYS,
  placeOf,
  weightOf,
  type BaselineTables,
  type CellSeries,
} from "./baseline-tables";
import type { ChainOutlook } from "./chain-sums";
import type { TrendSums, Trends } from "./trends";

/**
 * What predict.sql defines for the week after the cutoff, on typed arrays, one series after the other. For the 178 million
 * history rows of 500 stores the SQL would take many times the minute that batch scoring has. Equality with the SQL is tested column by column.
 */

// The loops below read imported names through local ones: compiled to CommonJS, an imported name is a property access,
// under tsx even a getter call, and the innermost loop runs 178 million times.
const { units: unitsOf, isSeen } = CELL;
const weigh = weightOf;
const [HORIZON, HISTORY, FACTORS] = [HORIZON_DAYS, HISTORY_DAYS, FACTOR_DAYS];

/** Where a series' seven baseline rows go. */
export interface BaselineColumns {
  readonly baseline: Float32Array;
  readonly naive: Float32Array;
  readonly level: Float32Array;
  readonly factor: Float32Array;
  readonly weekRatio: Float32Array;
  readonly monthRatio: Float32Array;
  readonly weekdayRatio: Float32Array;
  readonly chainTrend: Float32Array;
  readonly categoryTrend: Float32Array;
  readonly storeTrend: Float32Array;
}

/** Running sums over the days of one series (entry i is over the days before day i) and its levels by target day. */
export interface BaselineScratch {
  readonly units: Float64Array;
  readonly weight: Float64Array;
  readonly levels: Float64Array;
}

export function newBaselineScratch(): BaselineScratch {
  return {
    units: new Float64Array(HISTORY + 1),
    weight: new Float64Array(HISTORY + 1),
    levels: new Float64Array(HORIZON),
  };
}

/** Sum over the days from `oldest` to `newest` days before a target day. */
function window(sums: Float64Array, target: number, oldest: number, newest: number): number {
  const day = HISTORY + target;
  return sums[day - newest + 1]! - sums[day - oldest]!;
}

/** Sums up a series; days before its first are worth nothing. */
function sumUp(tables: BaselineTables, series: CellSeries, scratch: BaselineScratch): void {
  const { sku, category, storeCategory } = placeOf(tables, series);
  const first = series.firstDay - tables.firstDay;
  const { units, weight } = scratch;
  let unitSum = 0;
  let weightSum = 0;
  units.fill(0, 0, first + 1);
  weight.fill(0, 0, first + 1);
  for (let i = 0; i < series.cells.length; i++) {
    const cell = series.cells[i]!;
    if (isSeen(cell)) {
      unitSum += unitsOf(cell);
      const dayFactor = tables.dayFactors[storeCategory * FACTORS + first + i]!;
      weightSum += weigh(tables, sku, category, dayFactor, cell);
    }
    units[first + i + 1] = unitSum;
    weight[first + i + 1] = weightSum;
  }
}

/** Leaves the sums and the levels of one series in `scratch`; its cells must end at the cutoff. */
export function computeLevels(
  tables: BaselineTables,
  chain: ChainOutlook,
  series: CellSeries,
  scratch: BaselineScratch,
): void {
  sumUp(tables, series, scratch);
  const { units, weight, levels } = scratch;
  const { sku, storeCategory } = placeOf(tables, series);
  const { olderWeight, priorDays } = tables;
  for (let target = 0; target < HORIZON; target++) {
    const prior = chain.rate[sku * HORIZON + target]! * tables.storeSizes[storeCategory]!;
    levels[target] =
      (window(units, target, 34, 7) + olderWeight * window(units, target, 118, 35) + priorDays * prior) /
      (window(weight, target, 34, 7) + olderWeight * window(weight, target, 118, 35) + priorDays);
  }
}

/** Adds a series whose levels are in `scratch` to the trends of its store and category. */
export function addToTrends(
  tables: BaselineTables,
  series: CellSeries,
  scratch: BaselineScratch,
  trends: TrendSums,
): void {
  const { storeCategory } = placeOf(tables, series);
  for (let target = 0; target < HORIZON; target++) {
    const at = storeCategory * HORIZON + target;
    trends.units[at]! += window(scratch.units, target, 20, 7);
    trends.expected[at]! += window(scratch.weight, target, 20, 7) * scratch.levels[target]!;
  }
}

/** Fills the seven rows of a series whose levels are in `scratch`, from position `at` on. */
export function fillBaseline(
  tables: BaselineTables,
  outlook: { readonly chain: ChainOutlook; readonly trends: Trends },
  series: CellSeries,
  scratch: BaselineScratch,
  out: BaselineColumns,
  at: number,
): void {
  const { units, weight, levels } = scratch;
  const { sku, category, storeCategory } = placeOf(tables, series);
  const first = series.firstDay - tables.firstDay;
  for (let target = 0; target < HORIZON; target++) {
    const row = at + target;
    const level = levels[target]!;
    const dayFactor = tables.dayFactors[storeCategory * FACTORS + HISTORY + target]!;
    const factor = dayFactor * tables.planFactors[sku * HORIZON + target]!;
    const categoryTrend = outlook.trends.category[category * HORIZON + target]!;
    const storeTrend = outlook.trends.store[storeCategory * HORIZON + target]!;
    const lastWeek = HISTORY + target - HORIZON - first;
    out.baseline[row] = Math.max(level * factor * categoryTrend * storeTrend, 0.001);
    out.naive[row] = lastWeek >= 0 ? unitsOf(series.cells[lastWeek]!) : 0;
    out.level[row] = level;
    out.factor[row] = factor;
    out.weekRatio[row] = ratio(window(units, target, 13, 7), window(weight, target, 13, 7) * level);
    out.monthRatio[row] = ratio(window(units, target, 34, 7), window(weight, target, 34, 7) * level);
    out.weekdayRatio[row] = ratio(sameWeekdays(units, target), sameWeekdays(weight, target) * level);
    out.chainTrend[row] = outlook.chain.trend[sku * HORIZON + target]!;
    out.categoryTrend[row] = categoryTrend;
    out.storeTrend[row] = storeTrend;
  }
}

/** Sold to expected, pulled to 1 as if three units more had sold as expected. */
function ratio(sold: number, expected: number): number {
  return (sold + 3) / (expected + 3);
}

/** Sum over the four same weekdays before a target day. */
function sameWeekdays(sums: Float64Array, target: number): number {
  return (
    window(sums, target, 7, 7) +
    window(sums, target, 14, 14) +
    window(sums, target, 21, 21) +
    window(sums, target, 28, 28)
  );
}
