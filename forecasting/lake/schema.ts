/** The tables of the lake. Where their files lie is contracts/lake-layout.ts. */

export const LOCATION_TYPES = ["office", "residential", "station", "roadside", "tourist"] as const;

export const CLIENTELES = ["workers", "students", "families", "seniors", "travellers"] as const;

/** 0 is no promotion; the codes are positions in this list. */
export const PROMOTION_TYPES = ["none", "price-off", "bundle", "display", "flash"] as const;

export type ColumnType =
  "TINYINT" | "SMALLINT" | "INTEGER" | "BIGINT" | "FLOAT" | "DOUBLE" | "BOOLEAN" | "DATE" | "VARCHAR";

interface LakeColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

export interface LakeTable {
  readonly name: string;
  readonly grain: string;
  readonly columns: readonly LakeColumn[];
}

function column(name: string, type: ColumnType, meaning: string): LakeColumn {
  return { name, type, meaning };
}

/**
 * Days that a series goes on after its last sale: as far as the longest feature window looks back. Rows after that are
 * zeros that no feature can tell from "taken off the shelf"; see docs/adr/0054.
 */
export const SERIES_TAIL_DAYS = 119;

/** Warning of a lake whose stock-outs nobody reported: they may be inferred wrongly, and lumpy items show them all the time. */
export const INFERRED_STOCK_OUTS = "no stock-out file: stock-outs are inferred from long runs of zeros";

/** Dense: every day from a series' first day to its last has a row, so a row's predecessor is the day before. */
export const DAILY: LakeTable = {
  name: "daily",
  grain:
    "one row per store, SKU and day, from the first sale (or launch) in that store to SERIES_TAIL_DAYS after the last, at most to the cutoff",
  columns: [
    column("store_id", "INTEGER", "stores.store_id"),
    column("sku_id", "INTEGER", "products.sku_id"),
    column("day", "DATE", "business day"),
    column("units", "INTEGER", "sold, less returned; never negative"),
    column(
      "price_yen",
      "FLOAT",
      "shelf price of the day, before the promotion, in the data's currency; 0: not known",
    ),
    column("discount_share", "FLOAT", "discount really given, 0 to 1; known only afterwards"),
    column("promo_type", "TINYINT", "position in PROMOTION_TYPES, as it happened; known only afterwards"),
    column("is_stocked_out", "BOOLEAN", "ran out during the day: units are a lower bound of demand"),
    column("is_closed", "BOOLEAN", "the store was closed: units say nothing about demand"),
  ],
};

export const STORES: LakeTable = {
  name: "stores",
  grain: "one row per store",
  columns: [
    column("store_id", "INTEGER", "1, 2, 3, … in the order of store_code"),
    column("store_code", "VARCHAR", "the chain's own code"),
    column("name", "VARCHAR", "name"),
    column("area", "INTEGER", "weather area"),
    column("location_type", "VARCHAR", "one of LOCATION_TYPES"),
    column("clientele", "VARCHAR", "one of CLIENTELES: who shops here most"),
    column("block", "INTEGER", "block of daily/ and truth/ that holds the store"),
  ],
};

export const PRODUCTS: LakeTable = {
  name: "products",
  grain: "one row per SKU",
  columns: [
    column("sku_id", "INTEGER", "1, 2, 3, … in the order of sku_code"),
    column("sku_code", "VARCHAR", "the chain's own code or the JAN"),
    column("name", "VARCHAR", "name"),
    column("category", "VARCHAR", "one of CATEGORIES"),
    column("price_band", "TINYINT", "1 (cheapest fifth of the category) to 5"),
    column("price_yen", "DOUBLE", "list price, in the data's currency; 0: not known"),
    column("cost_yen", "DOUBLE", "purchase cost, in the data's currency"),
    column("launched_on", "DATE", "first day on sale in the chain"),
    column("shelf_life_days", "INTEGER", "days from delivery to disposal"),
    column("pack_size", "INTEGER", "units per order pack"),
    column("lead_time_days", "INTEGER", "days from order to delivery"),
    column("minimum_display", "INTEGER", "units that the shelf must show"),
    column("category_name", "VARCHAR", "the chain's own name of the category; empty when no master says"),
  ],
};

/** Both sides are kept: a feature may read only the forecast, which was issued HORIZON_DAYS before the day. */
export const WEATHER: LakeTable = {
  name: "weather",
  grain: "one row per area and day, up to HORIZON_DAYS after the cutoff",
  columns: [
    column("area", "INTEGER", "stores.area"),
    column("day", "DATE", "day"),
    column("temperature_forecast", "FLOAT", "mean temperature in °C, forecast seven days before"),
    column("rain_forecast", "FLOAT", "probability of rain, 0 to 1, forecast seven days before"),
    column("temperature_actual", "FLOAT", "measured; NULL after the cutoff"),
    column("rain_actual", "FLOAT", "1 when it rained, else 0; NULL after the cutoff"),
  ],
};

export const EVENTS: LakeTable = {
  name: "events",
  grain:
    "one row per store and day with an event nearby, known in advance, up to HORIZON_DAYS after the cutoff",
  columns: [
    column("store_id", "INTEGER", "stores.store_id"),
    column("day", "DATE", "day"),
    column("name", "VARCHAR", "festival, concert, match, …"),
    column("size", "TINYINT", "1 small, 2 middle, 3 large"),
  ],
};

export const PROMOTIONS: LakeTable = {
  name: "promotions",
  grain:
    "one row per SKU and day with a PLANNED promotion, known seven days before, up to HORIZON_DAYS after the cutoff",
  columns: [
    column("sku_id", "INTEGER", "products.sku_id"),
    column("day", "DATE", "day"),
    column("promo_type", "TINYINT", "position in PROMOTION_TYPES"),
    column("discount_share", "FLOAT", "planned discount, 0 to 1"),
  ],
};

export const TRUTH: LakeTable = {
  name: "truth",
  grain:
    "one row per store, SKU and day as daily, and HORIZON_DAYS more after the cutoff; generated data only",
  columns: [
    column("store_id", "INTEGER", "stores.store_id"),
    column("sku_id", "INTEGER", "products.sku_id"),
    column("day", "DATE", "day"),
    column(
      "mean_known",
      "FLOAT",
      "expected demand given all that can be known seven days before: the oracle",
    ),
    column("mean_actual", "FLOAT", "expected demand after promotions, weather and shocks have happened"),
    column("demand_units", "INTEGER", "the demand of customers, before stock-outs and closures"),
  ],
};

/** `lake.json`: what a reader must know before it opens a Parquet file. */
export interface LakeSummary {
  readonly source: "generated" | "ingested";
  /** ISO dates; `cutoff` is the last day with sales. */
  readonly firstDay: string;
  readonly cutoff: string;
  readonly storeCount: number;
  readonly skuCount: number;
  readonly rowCount: number;
  /** Blocks in ascending order. */
  readonly blocks: readonly number[];
  readonly hasTruth: boolean;
  /** Generated data only. */
  readonly seed?: number;
  /** ISO 4217 code of its prices and costs. @default JPY */
  readonly currency?: string;
  /** What the data could not tell ("no weather file: temperature features are missing"). */
  readonly warnings: readonly string[];
}

/** Rows of one block that keep every job below about half a gigabyte. */
export const ROWS_PER_BLOCK = 4_000_000;

/** How many stores fit in a block of `ROWS_PER_BLOCK` rows. */
export function storesPerBlock(skuCount: number, dayCount: number, rowsPerBlock = ROWS_PER_BLOCK): number {
  return Math.max(1, Math.floor(rowsPerBlock / Math.max(1, skuCount * dayCount)));
}
