import { calendarDay } from "../../../forecasting/calendar/japan";
import { LAKE_FEATURE_NAMES } from "../../../contracts/model-input";
import { CATEGORIES } from "../../../contracts/categories";
import { lakePaths } from "../../../contracts/lake-layout";
import { CLIENTELES, LOCATION_TYPES } from "../../../forecasting/lake/schema";
import { quote, type Database } from "../../../runtime/engine/duckdb/database";

interface DailyRow {
  readonly store_id: number;
  readonly sku_id: number;
  readonly d: number;
  readonly units: number;
  readonly promo_type: number;
  readonly unseen: boolean;
}

type Row = Record<string, string | number>;

/** The whole small lake as plain rows; days are day numbers in `d`. */
export interface PlainLake {
  readonly daily: readonly DailyRow[];
  readonly stores: readonly Row[];
  readonly products: readonly Row[];
  readonly weather: readonly Row[];
  readonly events: readonly Row[];
  readonly promotions: readonly Row[];
}

export async function readPlainLake(database: Database, lake: string): Promise<PlainLake> {
  const master = (name: "stores" | "products" | "weather" | "events" | "promotions", extra: string) =>
    database.rows<Row>(`SELECT *, ${extra} FROM ${quote(lakePaths.master(lake, name))}`);
  const day = "day - DATE '1970-01-01' AS d";
  return {
    daily: await database.rows<DailyRow>(`
      SELECT store_id, sku_id, ${day}, units, promo_type, is_closed OR is_stocked_out AS unseen
      FROM ${quote(lakePaths.daily(lake))} ORDER BY ALL`),
    stores: await master("stores", "1"),
    products: await master("products", "launched_on - DATE '1970-01-01' AS launched"),
    weather: await master("weather", day),
    events: await master("events", day),
    promotions: await master("promotions", day),
  };
}

/** A feature row by the letter of the list: filters and loops, no windows, no sums kept. */
export function oracleRow(
  lake: PlainLake,
  storeId: number,
  skuId: number,
  day: number,
  cutoff: number,
): number[] {
  const known = lake.daily.filter((row) => row.d <= cutoff && row.d <= day - 7);
  const series = known.filter((row) => row.store_id === storeId && row.sku_id === skuId);
  const window = (count: number) => series.filter((row) => row.d > day - 7 - count);
  const seen = (rows: readonly DailyRow[]) => rows.filter((row) => !row.unseen).map((row) => row.units);
  const lag = (days: number) => seen(series.filter((row) => row.d === day - days))[0] ?? NaN;
  const chain = known.filter((row) => row.sku_id === skuId && row.d > day - 35);
  const store = lake.stores.find((row) => row.store_id === storeId) as Row;
  const product = lake.products.find((row) => row.sku_id === skuId) as Row;
  const weather = lake.weather.find((row) => row.area === store.area && row.d === day);
  const event = lake.events.find((row) => row.store_id === storeId && row.d === day);
  const plan = lake.promotions.find((row) => row.sku_id === skuId && row.d === day);
  const age = Math.max(0, day - Number(product.launched));
  const date = calendarDay(day);
  const values: Record<string, number> = {
    weekday: date.weekday,
    month: date.month,
    is_holiday: Number(date.isHoliday),
    is_bridge_day: Number(date.isBridgeDay),
    days_since_payday: date.daysSincePayday,
    holiday_season: date.season,
    discount_share: Number(plan?.discount_share ?? 0),
    promo_type: Number(plan?.promo_type ?? 0),
    lag_7: lag(7),
    lag_14: lag(14),
    lag_28: lag(28),
    mean_7: mean(seen(window(7))),
    std_7: deviation(seen(window(7))),
    mean_14: mean(seen(window(14))),
    std_14: deviation(seen(window(14))),
    mean_28: mean(seen(window(28))),
    std_28: deviation(seen(window(28))),
    mean_112: mean(seen(window(112))),
    weekday_mean: mean([7, 14, 21, 28].map(lag).filter((units) => !Number.isNaN(units))),
    promo_share_28: mean(window(28).map((row) => Number(row.promo_type > 0))),
    chain_mean_28: mean(seen(chain)),
    category: CATEGORIES.findIndex((name) => name === product.category),
    price_band: Number(product.price_band),
    is_new: Number(age < 28),
    days_since_launch: Math.min(365, age),
    location_type: LOCATION_TYPES.findIndex((name) => name === store.location_type),
    area: Number(store.area),
    clientele: CLIENTELES.findIndex((name) => name === store.clientele),
    temperature_forecast: Number(weather?.temperature_forecast ?? NaN),
    rain_forecast: Number(weather?.rain_forecast ?? NaN),
    event_size: Number(event?.size ?? 0),
  };
  return LAKE_FEATURE_NAMES.map((name) => values[name] as number);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
