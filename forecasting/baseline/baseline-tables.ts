import { HORIZON_DAYS } from "../../contracts/horizon";

/** Days of history that the week after the cutoff looks back to: the first target's t - 118. */
export const HISTORY_DAYS = 118;
/** Promotion keys are type * 100 + discount in steps of 5 %. */
export const PROMOTION_KEYS = 512;
/** From this key on there was a promotion; below, only a price cut without one. */
const FIRST_PROMOTION_KEY = 100;

/** One day of one series in 31 bits: units sold, the promotion's key, whether the store was closed, whether the day tells the demand. */
export const CELL = {
  units: (cell: number) => cell >> 11,
  promotionKey: (cell: number) => (cell >> 2) & 511,
  isClosed: (cell: number) => (cell >> 1) & 1,
  isSeen: (cell: number) => cell & 1,
  /** The same in SQL, over the columns of `daily`; the macro is store-days.sql's. */
  sql: `units * 2048 + promotion_key(promo_type, discount_share) * 4
    + CAST(is_closed AS INTEGER) * 2 + CAST(NOT is_closed AND NOT is_stocked_out AS INTEGER)`,
} as const;

/** What the features' kernel reads: 2 x units + 1 if promoted, units -1 on a day that says nothing. */
export function packedOf(cell: number): number {
  const units = CELL.isSeen(cell) ? CELL.units(cell) : -1;
  return units * 2 + (CELL.promotionKey(cell) >= FIRST_PROMOTION_KEY ? 1 : 0);
}

/** The fitted factors as arrays; positions are those of the features' day tables. */
export interface BaselineTables {
  /** First day of the factors: HISTORY_DAYS - 1 before the cutoff. */
  readonly firstDay: number;
  readonly categoryCount: number;
  readonly olderWeight: number;
  readonly priorDays: number;
  readonly trendUnits: number;
  readonly storePositions: Int32Array;
  readonly skuPositions: Int32Array;
  /** Category of each SKU. */
  readonly categories: Int32Array;
  /** Store x category x day: the day's factor times the store's own week. */
  readonly dayFactors: Float64Array;
  /** Store x category. */
  readonly storeSizes: Float64Array;
  /** Category x PROMOTION_KEYS. */
  readonly promotionFactors: Float64Array;
  /** Response of each SKU to promotions. */
  readonly skuPromotions: Float64Array;
  /** SKU x target day: what the plan is worth. */
  readonly planFactors: Float64Array;
  /** What a SKU of this category and price band sells in a store of size 1; NaN: not known. */
  readonly bandRates: Float64Array;
}

/** Days of the factors: history and the targets. */
export const FACTOR_DAYS = HISTORY_DAYS + HORIZON_DAYS;

/** A series as the loader delivers it: cells of consecutive days from `firstDay` on. */
export interface CellSeries {
  readonly storeId: number;
  readonly skuId: number;
  readonly firstDay: number;
  readonly cells: Int32Array;
}

/** Whether a series goes on at the cutoff; one that ended before was taken off and has no days to come. */
export function goesOn({ firstDay }: BaselineTables, series: CellSeries): boolean {
  return series.firstDay + series.cells.length === firstDay + HISTORY_DAYS;
}

/** Positions of a series in the tables. */
export function placeOf(tables: BaselineTables, { storeId, skuId }: CellSeries) {
  const store = tables.storePositions[storeId]!;
  const sku = tables.skuPositions[skuId]!;
  const category = tables.categories[sku]!;
  return { sku, category, storeCategory: store * tables.categoryCount + category };
}

/** Expected sales of a day relative to the series' level: what a unit of level was worth on it. */
export function weightOf(
  tables: BaselineTables,
  sku: number,
  category: number,
  dayFactor: number,
  cell: number,
): number {
  const key = CELL.promotionKey(cell);
  const promotion =
    tables.promotionFactors[category * PROMOTION_KEYS + key]! * (key > 0 ? tables.skuPromotions[sku]! : 1);
  return dayFactor * promotion;
}
