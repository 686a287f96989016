import { CATEGORIES } from "./categories";

/**
 * One row of a model's input: LAKE_FEATURES, then the baseline's, in the order in which every matrix, model file and
 * request holds them. All are 32-bit floats, codes too; a missing value is NaN in an array, NULL in a table, empty in CSV.
 *
 * One row serves all horizons: whatever looks at sales ends HORIZON_DAYS before the row's own day t, so it can be computed
 * at any cutoff from t-7 to t-1 and is the same each time (docs/adr/0020). Everything else is a plan, a calendar, a master
 * or the forecast issued seven days before. A history feature skips days that say nothing about demand (closed, stocked
 * out) and is missing when none is left: missing is not zero.
 */
type InputGroup =
  "calendar" | "promotion" | "history" | "product" | "store" | "weather" | "event" | "baseline";

export interface InputColumn {
  readonly name: string;
  readonly group: InputGroup;
  readonly meaning: string;
}

function column(group: InputGroup, name: string, meaning: string): InputColumn {
  return { name, group, meaning };
}

/** Computed from the lake alone. */
const LAKE_FEATURES: readonly InputColumn[] = [
  column("calendar", "weekday", "1 Monday to 7 Sunday"),
  column("calendar", "month", "1 to 12"),
  column("calendar", "is_holiday", "1 on a national holiday"),
  column("calendar", "is_bridge_day", "1 on a working day between two days off"),
  column("calendar", "days_since_payday", "0 on a payday (25th or the business day before)"),
  column("calendar", "holiday_season", "0 none, 1 Golden Week, 2 Obon, 3 year end"),
  column("promotion", "discount_share", "planned discount, 0 to 1"),
  column("promotion", "promo_type", "planned promotion, position in PROMOTION_TYPES"),
  column("history", "lag_7", "units 7 days before"),
  column("history", "lag_14", "units 14 days before"),
  column("history", "lag_28", "units 28 days before"),
  column("history", "mean_7", "mean units of days t-13 to t-7"),
  column("history", "std_7", "population deviation of the same days"),
  column("history", "mean_14", "mean units of days t-20 to t-7"),
  column("history", "std_14", "population deviation of the same days"),
  column("history", "mean_28", "mean units of days t-34 to t-7"),
  column("history", "std_28", "population deviation of the same days"),
  column("history", "mean_112", "mean units of days t-118 to t-7"),
  column("history", "weekday_mean", "mean units of the same weekday: t-7, t-14, t-21, t-28"),
  column("history", "promo_share_28", "share of days t-34 to t-7 that had a promotion"),
  column("history", "chain_mean_28", "mean units of the SKU per store and day, whole chain, t-34 to t-7"),
  column("product", "category", `position in ${CATEGORIES.join(", ")}`),
  column("product", "price_band", "1 to 5"),
  column("product", "is_new", "1 in the first 28 days after the launch"),
  column("product", "days_since_launch", "0 to 365, then 365"),
  column("store", "location_type", "position in LOCATION_TYPES"),
  column("store", "area", "weather area"),
  column("store", "clientele", "position in CLIENTELES"),
  column("weather", "temperature_forecast", "°C, forecast seven days before"),
  column("weather", "rain_forecast", "probability of rain, forecast seven days before"),
  column("event", "event_size", "0 none, 1 small to 3 large"),
];
export const LAKE_FEATURE_NAMES: readonly string[] = LAKE_FEATURES.map(({ name }) => name);

/** Computed on the way to the baseline (docs/adr/0030). "Expected" is by level and factor. */
const BASELINE_MEANINGS = {
  baseline_level: "units that the series sells on a day whose factor is 1",
  baseline_factor: "season, weekday, holiday, planned promotion, weather and event of the day",
  week_ratio: "units of days t-13 to t-7 against those expected",
  month_ratio: "units of days t-34 to t-7 against those expected",
  weekday_ratio: "units of the same weekday, t-7 to t-28, against those expected",
  chain_trend: "the SKU's units of days t-13 to t-7 against its rate of days t-34 to t-7, whole chain",
  category_trend: "the category's units of days t-20 to t-7 against those expected",
  store_trend: "the same in the store, against the chain's",
} as const;

export type BaselineFeature = keyof typeof BASELINE_MEANINGS;
export const BASELINE_FEATURE_NAMES = Object.keys(BASELINE_MEANINGS) as readonly BaselineFeature[];

export const MODEL_INPUT: readonly InputColumn[] = [
  ...LAKE_FEATURES,
  ...BASELINE_FEATURE_NAMES.map((name) => column("baseline", name, BASELINE_MEANINGS[name])),
];
export const MODEL_INPUT_NAMES: readonly string[] = MODEL_INPUT.map(({ name }) => name);

/**
 * What travels beside a row and never inside it. A model answers a factor on `baseline`: a forecast in units is the
 * answer times the baseline. `naive` is what a forecast is compared with, and the forecast when there is no other.
 */
export const BESIDE_MODEL_INPUT = [
  {
    name: "baseline",
    meaning: "expected units by the methods chosen for the series; 0 where it is not sold",
  },
  {
    name: "naive",
    meaning: "units of the same weekday of last week; of the week before where those are missing",
  },
] as const;

/** A model's answer in units. */
export function unitsOfAnswer(answer: number, baseline: number): number {
  return answer * baseline;
}

/**
 * One row as the built-in XGBoost takes it (text/csv): no header, no label, an empty field for a missing value.
 *
 * @throws Error for a row of another width: XGBoost rejects a wider one, and scores a narrower one as if the last columns
 * were missing
 */
export function modelInputCsv(row: ArrayLike<number>): string {
  if (row.length !== MODEL_INPUT.length) {
    throw new Error(
      `row has ${row.length} values; allowed: ${MODEL_INPUT.length}, one per column of the model input`,
    );
  }
  return Array.from(row, (value) => (Number.isNaN(value) ? "" : String(value))).join(",");
}
