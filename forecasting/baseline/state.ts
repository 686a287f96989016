/** Choices of the SQL baseline; the defaults were chosen on days before the hold-out (docs/adr/0031). */
export interface BaselineSettings {
  /** Days that the factors are fitted on. @default 364: one of each week, and every season seen once */
  readonly fitDays: number;
  /** Weight of a day 35 to 118 days old against one 7 to 34 days old, in a series' level. */
  readonly olderWeight: number;
  /** Days of sales that the chain's rate of a SKU counts as, in the level of one store's series. */
  readonly priorDays: number;
  /** Units as expected that the trend of a category counts as seen: pulls the trends of small shops to 1. */
  readonly trendUnits: number;
}

export const BASELINE_SETTINGS: BaselineSettings = {
  fitDays: 364,
  olderWeight: 0.15,
  priorDays: 6,
  trendUnits: 1500,
};

/** Tables that a fit leaves behind, with their columns in order: all that a prediction needs besides the lake. */
export const BASELINE_TABLES = {
  factors: [
    { name: "kind", type: "VARCHAR" },
    { name: "category", type: "INTEGER" },
    { name: "key", type: "INTEGER" },
    { name: "factor", type: "DOUBLE" },
  ],
  store_weeks: [
    { name: "store_id", type: "INTEGER" },
    { name: "category", type: "INTEGER" },
    { name: "day_type", type: "INTEGER" },
    { name: "factor", type: "DOUBLE" },
  ],
  sku_promotions: [
    { name: "sku_id", type: "INTEGER" },
    { name: "factor", type: "DOUBLE" },
  ],
  store_sizes: [
    { name: "store_id", type: "INTEGER" },
    { name: "category", type: "INTEGER" },
    { name: "size", type: "DOUBLE" },
  ],
  band_rates: [
    { name: "category", type: "INTEGER" },
    { name: "price_band", type: "INTEGER" },
    { name: "rate", type: "DOUBLE" },
  ],
} as const;

export interface BaselineState {
  /** ISO date of the last day that the factors saw. */
  readonly fittedTo: string;
  readonly settings: BaselineSettings;
  readonly tables: Readonly<Record<keyof typeof BASELINE_TABLES, readonly (readonly (string | number)[])[]>>;
}
