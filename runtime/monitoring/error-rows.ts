import { CATEGORIES } from "../../contracts/categories";
import { dayNumber } from "../../forecasting/calendar/day";
import { expectedNoise } from "../../forecasting/drift/expected-noise";
import { type ErrorRow, segmentKind } from "../../forecasting/drift/error-row";
import { isSpecialDay } from "../../forecasting/drift/is-special-day";
import type { Database } from "../engine/duckdb/database";
import { columnAs } from "../engine/duckdb/columns";

/** One store on one day whose sales are not to be believed. */
export interface LeftOut {
  readonly storeCode: string;
  /** Day number. */
  readonly day: number;
}

/**
 * Cells of one SKU on one day that say something, added up over the stores before the error is taken. Rounded as the history
 * keeps them, and free of the order of adding: a day reads the same tonight and tomorrow.
 */
export async function readErrorRows(
  database: Database,
  cells: "cells" | "reference_cells",
  leftOut: readonly LeftOut[] = [],
): Promise<ErrorRow[]> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE left_out (store_code VARCHAR, day DATE);
    ${leftOut.map(({ storeCode, day }) => `INSERT INTO left_out VALUES ('${storeCode.replaceAll("'", "''")}', DATE '1970-01-01' + ${day});`).join("\n")}`);
  const source = await ordinaryNaive(database, cells);
  const batch = await database.columns(`
    SELECT cells.day, cells.sku_id, product_codes.category_code,
      CAST(date_diff('day', products.launched_on, cells.day) AS INTEGER) AS age,
      avg(CASE WHEN cells.promo_type > 0 THEN 1.0 ELSE 0.0 END) AS promoted,
      max(CASE WHEN plans.sku_id IS NULL THEN 0 ELSE 1 END)::INTEGER AS planned,
      CAST(sum(units) AS DOUBLE) AS units, round(sum(forecast), 6) AS forecast, round(sum(naive), 6) AS naive,
      -- All stores' forecasts of a SKU on a day are multiplied by the same.
      max(calibration) AS calibration
    FROM ${source} AS cells
    JOIN products USING (sku_id)
    JOIN product_codes USING (sku_id)
    JOIN stores USING (store_id)
    LEFT JOIN (SELECT DISTINCT sku_id, day FROM promotions) AS plans
      ON plans.sku_id = cells.sku_id AND plans.day = cells.day
    WHERE NOT is_closed AND NOT is_stocked_out
      AND NOT EXISTS (FROM left_out WHERE left_out.store_code = stores.store_code AND left_out.day = cells.day)
    GROUP BY ALL ORDER BY cells.day, cells.sku_id`);
  const ints = (name: string) => columnAs(batch, name, Int32Array);
  const doubles = (name: string) => columnAs(batch, name, Float64Array);
  const [days, skus, categories, ages] = [ints("day"), ints("sku_id"), ints("category_code"), ints("age")];
  const planned = ints("planned");
  const [promoted, units] = [doubles("promoted"), doubles("units")];
  const [forecasts, naives] = [doubles("forecast"), doubles("naive")];
  const calibrations = columnAs(batch, "calibration", Float32Array);
  return Array.from({ length: batch.rowCount }, (_, i): ErrorRow => {
    const [actual, forecast] = [units[i]!, forecasts[i]!];
    return {
      day: days[i]!,
      sku: skus[i]!,
      category: CATEGORIES[categories[i]!]!,
      kind: segmentKind(ages[i]!, promoted[i]! >= 0.5, planned[i] === 1),
      cells: 1,
      actual,
      absoluteError: Math.fround(Math.abs(forecast - actual)),
      error: Math.fround(forecast - actual),
      naiveError: Math.fround(Math.abs(naives[i]! - actual)),
      noise: Math.fround(expectedNoise(forecast)),
      ...(calibrations[i] === 1 ? {} : { calibration: calibrations[i]! }),
    };
  });
}

const WEEK = 7;
const WEEKS_BACK = 4;

/** The cells; after a holiday, which foretells no ordinary day, seasonal naive is the last ordinary same weekday. */
async function ordinaryNaive(database: Database, cells: string): Promise<string> {
  const rows = await database.rows<{ day: string }>(
    `SELECT DISTINCT day::VARCHAR AS day FROM ${cells} ORDER BY 1`,
  );
  const replaced = rows.flatMap(({ day: text }) => {
    const day = dayNumber(text);
    if (!isSpecialDay(day - WEEK)) return [];
    const back = [2, 3, WEEKS_BACK].find((weeks) => !isSpecialDay(day - weeks * WEEK));
    return back === undefined ? [] : [`(DATE '${text}', DATE '${text}' - ${back * WEEK})`];
  });
  if (replaced.length === 0) return cells;
  return `(
    SELECT c.* REPLACE (coalesce(CAST(earlier.units AS DOUBLE), c.naive) AS naive)
    FROM ${cells} AS c LEFT JOIN (VALUES ${replaced.join(", ")}) AS n (day, earlier_day) ON n.day = c.day
    LEFT JOIN daily AS earlier
      ON earlier.store_id = c.store_id AND earlier.sku_id = c.sku_id AND earlier.day = n.earlier_day
      AND NOT earlier.is_closed AND NOT earlier.is_stocked_out
  )`;
}
