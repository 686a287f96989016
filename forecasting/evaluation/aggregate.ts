import { requireSameLength } from "../metrics/metric";

/** One forecast of the backtest as columns: keys, what happened and what each forecaster said. */
export interface BacktestCells {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  /** Day numbers. */
  readonly days: Int32Array;
  /** Position in CATEGORIES. */
  readonly categories: ArrayLike<number>;
  /** Observed units; cells that were closed or sold out are not in the set. */
  readonly actual: ArrayLike<number>;
  readonly forecasts: Readonly<Record<string, ArrayLike<number>>>;
}

/** Levels at which forecasts are evaluated; the finest decides orders, the coarser ones are what people plan with. */
export const LEVELS = [
  "store x SKU x day",
  "store x SKU x week",
  "SKU x day",
  "SKU x week",
  "category x store x day",
  "store x day",
  "category x day",
] as const;
export type Level = (typeof LEVELS)[number];

export interface AggregatedCells {
  readonly level: Level;
  readonly actual: Float64Array;
  readonly forecasts: Readonly<Record<string, Float64Array>>;
}

/** Sums of the same cells on both sides: a missing cell is missing in the actuals and in every forecast. */
export function aggregate(cells: BacktestCells, level: Level, firstDay: number): AggregatedCells {
  requireSameLength(cells.actual, cells.days);
  const keyOf = keyFunction(cells, level, firstDay);
  const positions = new Map<number, number>();
  const groups = new Int32Array(cells.actual.length);
  for (let i = 0; i < groups.length; i++) {
    const key = keyOf(i);
    let group = positions.get(key);
    if (group === undefined) positions.set(key, (group = positions.size));
    groups[i] = group;
  }
  const sum = (values: ArrayLike<number>) => {
    const sums = new Float64Array(positions.size);
    for (let i = 0; i < groups.length; i++) sums[groups[i]!] = sums[groups[i]!]! + values[i]!;
    return sums;
  };
  const names = Object.keys(cells.forecasts);
  return {
    level,
    actual: sum(cells.actual),
    forecasts: Object.fromEntries(names.map((name) => [name, sum(cells.forecasts[name]!)])),
  };
}

const DAYS = 4096;
const SKUS = 32_768;
const CATEGORY_COUNT = 8;

/** A number that is the same for two cells exactly when they belong together at this level. */
function keyFunction(cells: BacktestCells, level: Level, firstDay: number): (row: number) => number {
  const { storeIds, skuIds, categories } = cells;
  const day = (row: number) => cells.days[row]! - firstDay;
  const week = (row: number) => Math.floor(day(row) / 7);
  switch (level) {
    case "store x SKU x day":
      return (row) => (storeIds[row]! * SKUS + skuIds[row]!) * DAYS + day(row);
    case "store x SKU x week":
      return (row) => (storeIds[row]! * SKUS + skuIds[row]!) * DAYS + week(row);
    case "SKU x day":
      return (row) => skuIds[row]! * DAYS + day(row);
    case "SKU x week":
      return (row) => skuIds[row]! * DAYS + week(row);
    case "category x store x day":
      return (row) => (storeIds[row]! * CATEGORY_COUNT + categories[row]!) * DAYS + day(row);
    case "store x day":
      return (row) => storeIds[row]! * DAYS + day(row);
    case "category x day":
      return (row) => categories[row]! * DAYS + day(row);
  }
}
