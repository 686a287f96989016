import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { calendarDay } from "../../forecasting/calendar/japan";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { lakePaths } from "../../contracts/lake-layout";
import {
  CLIENTELES,
  LOCATION_TYPES,
  type ColumnType,
  type LakeSummary,
  type LakeTable,
} from "../../forecasting/lake/schema";
import type { TargetRange } from "../../forecasting/features/kernel";
import { quote, type Database } from "../engine/duckdb/database";
import { writeTableInto } from "../engine/duckdb/write-table";
import { globSafe } from "../engine/duckdb/glob-safe";

const SQL_FOLDER = join(__dirname, "../../forecasting/features");

export type FeatureSql =
  "observed" | "chain-sums" | "chain-mean" | "sku-day" | "store-day" | "history" | "features";

/** The text of one of the definitions in forecasting/features. */
export async function readFeatureSql(name: FeatureSql): Promise<string> {
  return readFile(join(SQL_FOLDER, `${name}.sql`), "utf8");
}

export interface RangeOptions {
  /** ISO dates of the first and last target day, both included. */
  readonly from: string;
  readonly to: string;
  /** Pretends that the lake ends on this day. @default the lake's cutoff */
  readonly cutoff?: string;
}

/** Checks the days against the lake; a target later than HORIZON_DAYS after the cutoff has no row. */
export function targetRange(options: RangeOptions, summary: LakeSummary): TargetRange {
  const range = {
    fromDay: dayNumber(options.from),
    toDay: dayNumber(options.to),
    cutoff: dayNumber(options.cutoff ?? summary.cutoff),
  };
  const last = range.cutoff + HORIZON_DAYS;
  if (range.cutoff > dayNumber(summary.cutoff)) {
    throw new Error(`cutoff ${options.cutoff} is after the lake's last day ${summary.cutoff}`);
  }
  if (range.fromDay > range.toDay) throw new Error(`from ${options.from} is after to ${options.to}`);
  if (range.fromDay < dayNumber(summary.firstDay)) {
    throw new Error(`from ${options.from} is before the lake's first day ${summary.firstDay}`);
  }
  if (range.toDay > last) {
    throw new Error(
      `to ${options.to} is more than ${HORIZON_DAYS} days after the cutoff (${isoDate(last)} is allowed)`,
    );
  }
  return range;
}

const CALENDAR: LakeTable = {
  name: "calendar",
  grain: "one row per target day",
  columns: [
    "day",
    "weekday",
    "month",
    "is_holiday",
    "is_bridge_day",
    "days_since_payday",
    "holiday_season",
  ].map((name) => ({
    name,
    type: (name === "day" ? "DATE" : "INTEGER") satisfies ColumnType,
    meaning: name,
  })),
};

/** Gives a connection what the definitions read: variables, the lake's tables as views, the calendar. */
export async function prepareSession(database: Database, lake: string, range: TargetRange): Promise<void> {
  await setVariables(database, range);
  await writeTableInto(database, CALENDAR, calendarRows(range), "calendar");
  for (const name of ["products", "weather", "events", "promotions"] as const) {
    await database.run(
      `CREATE OR REPLACE TEMP VIEW ${name} AS FROM ${quote(lakePaths.master(globSafe(lake), name))}`,
    );
  }
  await selectBlock(database, lake, undefined);
}

/** Shows the connection one block of the lake, or with undefined all of them. */
export async function selectBlock(
  database: Database,
  lake: string,
  block: number | undefined,
): Promise<void> {
  const stores = quote(lakePaths.master(globSafe(lake), "stores"));
  await database.run(`
    CREATE OR REPLACE TEMP VIEW daily AS
      FROM read_parquet(${quote(lakePaths.daily(globSafe(lake), block))}, hive_partitioning = false);
    CREATE OR REPLACE TEMP VIEW stores AS FROM ${stores} ${block === undefined ? "" : `WHERE block = ${block}`}`);
  await database.run(await readFeatureSql("observed"));
}

async function setVariables(database: Database, range: TargetRange): Promise<void> {
  const list = (items: readonly string[]) => `[${items.map(quote).join(", ")}]`;
  await database.run(`
    SET VARIABLE cutoff = DATE ${quote(isoDate(range.cutoff))};
    SET VARIABLE from_day = DATE ${quote(isoDate(range.fromDay))};
    SET VARIABLE to_day = DATE ${quote(isoDate(range.toDay))};
    SET VARIABLE categories = ${list(CATEGORIES)};
    SET VARIABLE location_types = ${list(LOCATION_TYPES)};
    SET VARIABLE clienteles = ${list(CLIENTELES)};`);
}

function* calendarRows(range: TargetRange) {
  for (let day = range.fromDay; day <= range.toDay; day++) {
    const entry = calendarDay(day);
    yield {
      day,
      weekday: entry.weekday,
      month: entry.month,
      is_holiday: Number(entry.isHoliday),
      is_bridge_day: Number(entry.isBridgeDay),
      days_since_payday: entry.daysSincePayday,
      holiday_season: entry.season,
    };
  }
}
