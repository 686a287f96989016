import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Category, CATEGORIES } from "../../contracts/categories";
import { STORE_KINDS, storeKindField, type StoreKind } from "../../contracts/metrics";
import { dayNumber } from "../../forecasting/calendar/day";
import type { KindDay } from "../../forecasting/drift/store-kinds";
import { LOCATION_TYPES } from "../../forecasting/lake/schema";
import type { Database } from "../engine/duckdb/database";

/** Errors by kind of store of the days that the monitor keeps, beside its error rows. */
const KINDS_FILE = "store-kinds.json";

/** Stores whose master names no known location type are "other". Needs the tables of `openForecastCells` and `readErrorRows`. */
export async function readKindDays(
  database: Database,
  cells: "cells" | "reference_cells",
): Promise<KindDay[]> {
  const known = LOCATION_TYPES.map((name) => `'${name}'`).join(", ");
  const rows = await database.rows<{
    kind: StoreKind;
    category: Category;
    day: string;
    actual: number;
    absoluteError: number;
  }>(`
    SELECT kind, category, day::VARCHAR AS day, CAST(sum(units) AS DOUBLE) AS actual,
      round(sum(abs(forecast - units)), 6) AS "absoluteError"
    FROM (
      SELECT CASE WHEN location_type IN (${known}) THEN location_type ELSE 'other' END AS kind,
        category, cells.day, sku_id, sum(units) AS units, round(sum(forecast), 6) AS forecast
      FROM ${cells} AS cells JOIN stores USING (store_id) JOIN products USING (sku_id)
      WHERE NOT is_closed AND NOT is_stocked_out
        AND NOT EXISTS (FROM left_out WHERE left_out.store_code = stores.store_code AND left_out.day = cells.day)
      GROUP BY ALL
    )
    GROUP BY ALL ORDER BY day, category, kind`);
  return rows.map((row) => ({ ...row, day: dayNumber(row.day) }));
}

/** WAPE in percent of each kind of store on one day, by the field that the dashboard asks the job's log for. */
export function storeKindFacts(days: readonly KindDay[], day: number): Record<string, number> {
  const ofDay = days.filter((entry) => entry.day === day);
  return Object.fromEntries(
    STORE_KINDS.flatMap((kind) => {
      const mine = ofDay.filter((entry) => entry.kind === kind);
      const total = (field: "actual" | "absoluteError") => mine.reduce((sum, entry) => sum + entry[field], 0);
      if (!(total("actual") > 0)) return [];
      return [[storeKindField(kind), (100 * total("absoluteError")) / total("actual")] as const];
    }),
  );
}

/** A line a day and category and kind: names as numbers, or a night of thousands would be mostly names. */
export async function writeKindDays(folder: string, days: readonly KindDay[]): Promise<void> {
  const rows = days.map(({ day, category, kind, actual, absoluteError }) => [
    day,
    CATEGORIES.indexOf(category),
    STORE_KINDS.indexOf(kind),
    actual,
    absoluteError,
  ]);
  await writeFile(join(folder, KINDS_FILE), `[${rows.map((row) => JSON.stringify(row)).join(",\n")}]\n`);
}

/** @returns nothing of a night that kept none */
export async function readKindHistory(folder: string): Promise<KindDay[]> {
  const text = await readFile(join(folder, KINDS_FILE), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "[]";
    throw error;
  });
  return (JSON.parse(text) as [number, number, number, number, number][]).map(
    ([day, category, kind, actual, absoluteError]) => ({
      ...{ day, category: CATEGORIES[category]!, kind: STORE_KINDS[kind]!, actual, absoluteError },
    }),
  );
}
