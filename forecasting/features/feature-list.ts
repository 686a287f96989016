import { CATEGORIES } from "../lake/schema";

/**
 * The model's inputs, in the order in which every matrix, model file and online record holds them.
 *
 * One row serves all seven horizons: whatever looks at sales ends HORIZON_DAYS before the row's own day, so the row for
 * day t can be computed at any cutoff from t-7 to t-1 and is the same each time (docs/adr/0020). Everything else is a
 * plan, a calendar, a master or the forecast issued seven days before.
 *
 * A history feature skips days that say nothing about demand (closed, stocked out); it is NULL (NaN in an array) when
 * nothing is left: missing is not zero.
 */
export type FeatureGroup = "calendar" | "promotion" | "history" | "product" | "store" | "weather" | "event";

/** Every feature is a FLOAT, codes too: one type of array from Parquet to the trees. */
export interface Feature {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly meaning: string;
}

function feature(group: FeatureGroup, name: string, meaning: string): Feature {
  return { name, group, meaning };
}

export const FEATURES: readonly Feature[] = [
  feature("calendar", "weekday", "1 Monday to 7 Sunday"),
  feature("calendar", "month", "1 to 12"),
  feature("calendar", "is_holiday", "1 on a national holiday"),
  feature("calendar", "is_bridge_day", "1 on a working day between two days off"),
  feature("calendar", "days_since_payday", "0 on a payday (25th or the business day before)"),
  feature("calendar", "holiday_season", "0 none, 1 Golden Week, 2 Obon, 3 year end"),
  feature("promotion", "discount_share", "planned discount, 0 to 1"),
  feature("promotion", "promo_type", "planned promotion, position in PROMOTION_TYPES"),
  feature("history", "lag_7", "units 7 days before"),
  feature("history", "lag_14", "units 14 days before"),
  feature("history", "lag_28", "units 28 days before"),
  feature("history", "mean_7", "mean units of days t-13 to t-7"),
  feature("history", "std_7", "population deviation of the same days"),
  feature("history", "mean_14", "mean units of days t-20 to t-7"),
  feature("history", "std_14", "population deviation of the same days"),
  feature("history", "mean_28", "mean units of days t-34 to t-7"),
  feature("history", "std_28", "population deviation of the same days"),
  feature("history", "mean_112", "mean units of days t-118 to t-7"),
  feature("history", "weekday_mean", "mean units of the same weekday: t-7, t-14, t-21, t-28"),
  feature("history", "promo_share_28", "share of days t-34 to t-7 that had a promotion"),
  feature("history", "chain_mean_28", "mean units of the SKU per store and day, whole chain, t-34 to t-7"),
  feature("product", "category", `position in ${CATEGORIES.join(", ")}`),
  feature("product", "price_band", "1 to 5"),
  feature("product", "is_new", "1 in the first 28 days after the launch"),
  feature("product", "days_since_launch", "0 to 365, then 365"),
  feature("store", "location_type", "position in LOCATION_TYPES"),
  feature("store", "area", "weather area"),
  feature("store", "clientele", "position in CLIENTELES"),
  feature("weather", "temperature_forecast", "°C, forecast seven days before"),
  feature("weather", "rain_forecast", "probability of rain, forecast seven days before"),
  feature("event", "event_size", "0 none, 1 small to 3 large"),
];

export const FEATURE_NAMES: readonly string[] = FEATURES.map(({ name }) => name);

/** Position of a feature in every row. */
export function featureIndex(name: string): number {
  const index = FEATURE_NAMES.indexOf(name);
  if (index < 0) throw new Error(`"${name}" is not a feature: ${FEATURE_NAMES.join(", ")}`);
  return index;
}

/** Columns before the features: the row's key, and the label, NULL when the day is not observed or not yet sold. */
export const KEY_COLUMNS = [
  { name: "store_id", type: "INTEGER" },
  { name: "sku_id", type: "INTEGER" },
  { name: "day", type: "DATE" },
  { name: "units", type: "FLOAT" },
] as const;

/** Rows of one block as columns: what the trainer and the scorer eat, whether it comes from Parquet or from the kernel. */
export interface FeatureBatch {
  readonly rowCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  /** Day numbers (days since 1970-01-01). */
  readonly days: Int32Array;
  /** NaN when there is no label. */
  readonly units: Float32Array;
  /** One array per feature, in the order of FEATURES; NaN is missing. Only the first `rowCount` values count. */
  readonly features: readonly Float32Array[];
}
