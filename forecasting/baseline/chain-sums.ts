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

// Local names for the loop over all rows, see baseline-kernel.ts.
const { units: unitsOf, isSeen } = CELL;
const weigh = weightOf;
const FACTORS = FACTOR_DAYS;

/** Days up to the cutoff that the chain's windows (t - 34 to t - 7) touch. */
export const CHAIN_DAYS = 34;

/** SKU x day of the last CHAIN_DAYS, summed over stores. */
export interface ChainSums {
  readonly units: Float64Array;
  readonly weight: Float64Array;
  /** Observed store days, for the feature chain_mean_28. */
  readonly storeDays: Float64Array;
}

export function newChainSums(skuCount: number): ChainSums {
  const array = () => new Float64Array(skuCount * CHAIN_DAYS);
  return { units: array(), weight: array(), storeDays: array() };
}

/** Adds one series' last days to the chain's sums. */
export function addToChain(tables: BaselineTables, series: CellSeries, chain: ChainSums): void {
  const { sku, category, storeCategory } = placeOf(tables, series);
  const size = tables.storeSizes[storeCategory]!;
  const firstChainDay = tables.firstDay + HISTORY_DAYS - CHAIN_DAYS;
  const { cells } = series;
  for (let i = Math.max(0, firstChainDay - series.firstDay); i < cells.length; i++) {
    const cell = cells[i]!;
    if (!isSeen(cell)) continue;
    const day = series.firstDay + i;
    const factor = tables.dayFactors[storeCategory * FACTORS + day - tables.firstDay]!;
    const at = sku * CHAIN_DAYS + day - firstChainDay;
    chain.units[at]! += unitsOf(cell);
    chain.weight[at]! += weigh(tables, sku, category, factor, cell) * size;
    chain.storeDays[at]! += 1;
  }
}

export function addChainSums(total: ChainSums, part: ChainSums): void {
  for (let i = 0; i < total.units.length; i++) {
    total.units[i]! += part.units[i]!;
    total.weight[i]! += part.weight[i]!;
    total.storeDays[i]! += part.storeDays[i]!;
  }
}

/** Chain-wide figures of a SKU on each target day. */
export interface ChainOutlook {
  /** SKU x target day: rate in a store of size 1. */
  readonly rate: Float64Array;
  /** SKU x target day: the last week against the last four. */
  readonly trend: Float64Array;
  /** SKU x target day: mean units per store and day. */
  readonly mean: Float32Array;
}

/** The chain's windows of t - 34 to t - 7 and t - 13 to t - 7, from its daily sums. */
export function chainOutlook(tables: BaselineTables, chain: ChainSums): ChainOutlook {
  const skus = tables.categories.length;
  const rate = new Float64Array(skus * HORIZON_DAYS);
  const trend = new Float64Array(skus * HORIZON_DAYS);
  const mean = new Float32Array(skus * HORIZON_DAYS);
  const sumOf = (values: Float64Array, sku: number, from: number, to: number) => {
    let sum = 0;
    for (let day = Math.max(0, from); day <= to; day++) sum += values[sku * CHAIN_DAYS + day]!;
    return sum;
  };
  for (let sku = 0; sku < skus; sku++) {
    const bandRate = tables.bandRates[sku]!;
    for (let target = 0; target < HORIZON_DAYS; target++) {
      // Day 0 of the sums is t - 34 of the first target.
      const [from, to] = [target, target + CHAIN_DAYS - HORIZON_DAYS];
      const units = sumOf(chain.units, sku, from, to);
      const weight = sumOf(chain.weight, sku, from, to);
      const weekWeight = sumOf(chain.weight, sku, to - 6, to);
      const at = sku * HORIZON_DAYS + target;
      rate[at] = Number.isNaN(bandRate) ? 0 : (units + 7 * bandRate) / (weight + 7);
      const expected = weight > 0 ? (weekWeight * units) / weight : 0;
      trend[at] = (sumOf(chain.units, sku, to - 6, to) + 5) / (expected + 5);
      mean[at] = units / sumOf(chain.storeDays, sku, from, to);
    }
  }
  return { rate, trend, mean };
}
