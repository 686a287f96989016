import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { DEFAULT_DISPERSION, type Dispersion, varianceOf } from "../../forecasting/distribution/dispersion";
import { fitDispersion } from "../../forecasting/distribution/fit-dispersion";
import type { SimulatedSeries } from "../../forecasting/simulation/practices";
import type { ScoredRows } from "../evaluation/scored-rows";
import { positionsOf } from "../training/row-set";
import type { Item } from "./item-terms";

export interface StoreItemSeries extends SimulatedSeries {
  readonly storeId: number;
  readonly skuId: number;
}

/** What a practice believes: a mean per row, and the spread around it by category. */
export interface Belief {
  readonly means: Float32Array;
  readonly dispersions: readonly Dispersion[];
}

/** Series that have a row on every day from `from` to `to`, and forecasts for the days that orders look ahead to. */
export function seriesOf(
  { rows, means }: ScoredRows,
  items: ReadonlyMap<number, Item>,
  belief: Belief,
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
    // A series may end before the last day: what has not sold for long has no more rows.
    if (first >= start && last < end && rows.days[last] === to && item) {
      const ahead = Math.min(end, last + 1 + HORIZON_DAYS);
      const dispersion = belief.dispersions[CATEGORIES.findIndex((name) => name === item.category)]!;
      const forecastMeans = Float64Array.from(belief.means.subarray(first, ahead));
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

/** No spread: with perfect foresight there is no safety stock. */
const CERTAIN: Dispersion = { ...DEFAULT_DISPERSION, linear: 0, quadratic: 0 };

/**
 * The best possible forecast. Generated data knows the mean that every cell was drawn with, and its spread is
 * measured on the days that `holds` names; on real data only the demand itself is known: perfect foresight.
 */
export function oracleOf({ rows, means }: ScoredRows, holds: (row: number) => boolean): Belief {
  const { truth } = rows;
  if (!truth) {
    const known = rows.units.map((units, row) => (Number.isNaN(units) ? means.champion[row]! : units));
    return { means: known, dispersions: CATEGORIES.map(() => CERTAIN) };
  }
  const dispersions = CATEGORIES.map((_, code) => {
    const positions = positionsOf(rows, (row) => rows.categories[row] === code && holds(row));
    return fitDispersion(
      Float32Array.from(positions, (row) => truth.demand[row]!),
      Float32Array.from(positions, (row) => truth.meanKnown[row]!),
    );
  });
  // The coming week, that the last orders look ahead to, has no truth.
  const known = truth.meanKnown.map((mean, row) => (Number.isNaN(mean) ? means.champion[row]! : mean));
  return { means: known, dispersions };
}
