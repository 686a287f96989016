import { CATEGORIES } from "../../contracts/categories";
import { lakePaths } from "../../contracts/lake-layout";
import { LOCATION_TYPES } from "../../forecasting/lake/schema";
import { calendarDay } from "../../forecasting/calendar/japan";
import { Database, type DatabaseOptions, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { withSpillFolder } from "../engine/duckdb/with-spill-folder";

/** Upper ends, in days since a payday, of the buckets that a factor is fitted for; all later days are one bucket. */
const PAYDAY_BUCKETS = [2, 6] as const;
/** Day type of national holidays, whatever the weekday. */
const HOLIDAY_TYPE = 8;

const sqlList = (names: readonly string[]) => `[${names.map(quote).join(", ")}]`;

/** Lends a database with the lake's tables as views to `use`, and closes it afterwards. */
export async function withLake<Result>(
  lake: string,
  options: DatabaseOptions,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await Database.open(options);
  try {
    await openLakeViews(database, lake);
    return await use(database);
  } finally {
    database.close();
  }
}

/** The same, with room in `folder` for what is more than the memory; the folder keeps none of it. */
export async function withSpillingLake<Result>(
  lake: string,
  { folder, memoryMegabytes }: { readonly folder: string; readonly memoryMegabytes: number },
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  return withSpillFolder(folder, (spillFolder) => withLake(lake, { memoryMegabytes, spillFolder }, use));
}

/** Makes the tables of a lake readable by name; nothing is loaded. */
export async function openLakeViews(database: Database, lake: string): Promise<void> {
  const daily = quote(lakePaths.daily(globSafe(lake)));
  await database.run(
    `CREATE OR REPLACE VIEW daily AS FROM read_parquet(${daily}, hive_partitioning = false)`,
  );
  for (const table of ["stores", "products", "weather", "events", "promotions"] as const) {
    await database.run(
      `CREATE OR REPLACE VIEW ${table} AS FROM read_parquet(${quote(lakePaths.master(globSafe(lake), table))})`,
    );
  }
  await database.run(`
    CREATE OR REPLACE TABLE store_codes AS
    SELECT store_id, area, coalesce(list_position(${sqlList(LOCATION_TYPES)}, location_type), 0)::INTEGER AS location_code
    FROM stores;
    CREATE OR REPLACE TABLE product_codes AS
    SELECT sku_id, (list_position(${sqlList(CATEGORIES)}, category) - 1)::INTEGER AS category_code, price_band
    FROM products;`);
}

/** The table `calendar`, one row per day from `firstDay` to `lastDay` (day numbers). */
export async function createCalendar(database: Database, firstDay: number, lastDay: number): Promise<void> {
  const rows = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const { isHoliday, weekday, daysSincePayday, season } = calendarDay(day);
    const bucket = PAYDAY_BUCKETS.filter((limit) => daysSincePayday >= limit).length;
    rows.push(`(${day}, ${isHoliday ? HOLIDAY_TYPE : weekday}, ${bucket}, ${season})`);
  }
  await database.run(`
    CREATE OR REPLACE TABLE calendar AS
    SELECT DATE '1970-01-01' + day AS day, day_type, payday_bucket, season
    FROM (VALUES ${rows.join(", ")}) AS days (day, day_type, payday_bucket, season)`);
}
