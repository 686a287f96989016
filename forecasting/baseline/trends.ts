import { HORIZON_DAYS } from "../../contracts/horizon";
import type { BaselineTables } from "./baseline-tables";

/** Store x category x target day: what was sold in the latest known fortnight, and what the levels expected. */
export interface TrendSums {
  readonly units: Float64Array;
  readonly expected: Float64Array;
}

/** How categories run against their levels: in the chain, and in each store against the chain. */
export interface Trends {
  /** Category x target day. */
  readonly category: Float64Array;
  /** Store x category x target day. */
  readonly store: Float64Array;
}

export function newTrendSums(tables: BaselineTables): TrendSums {
  const size = tables.storeSizes.length * HORIZON_DAYS;
  return { units: new Float64Array(size), expected: new Float64Array(size) };
}

export function addTrendSums(total: TrendSums, part: TrendSums): void {
  for (let i = 0; i < total.units.length; i++) {
    total.units[i]! += part.units[i]!;
    total.expected[i]! += part.expected[i]!;
  }
}

/** The trends of predict.sql: shrunken ratios of sold to expected. */
export function trendsOf(tables: BaselineTables, sums: TrendSums): Trends {
  const { categoryCount, trendUnits } = tables;
  const ratio = (units: number, expected: number) => (units + trendUnits) / (expected + trendUnits);
  const perCategory = categoryCount * HORIZON_DAYS;
  const units = new Float64Array(perCategory);
  const expected = new Float64Array(perCategory);
  sums.units.forEach((value, i) => (units[i % perCategory]! += value));
  sums.expected.forEach((value, i) => (expected[i % perCategory]! += value));
  const category = units.map((value, i) => ratio(value, expected[i]!));
  const store = sums.units.map((value, i) => ratio(value, sums.expected[i]! * category[i % perCategory]!));
  return { category, store };
}
