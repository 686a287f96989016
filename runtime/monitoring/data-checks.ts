import type { Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import {
  type DataFault,
  type PriceChange,
  priceFaults,
  type StoreDay,
  storeFaults,
} from "../../forecasting/drift/data-faults";
import type { Database } from "../engine/duckdb/database";

/** What the stores sold and were forecast to, on the days of a table. Days of rest are forecast as 0 and say nothing. */
export async function readStoreDays(
  database: Database,
  cells: "cells" | "reference_cells" = "cells",
): Promise<StoreDay[]> {
  const rows = await database.rows<{
    store: string;
    area: number;
    day: string;
    units: number;
    expected: number;
  }>(`
    SELECT store_code AS store, area, cells.day, CAST(sum(units) AS DOUBLE) AS units, sum(forecast) AS expected
    FROM ${cells} AS cells JOIN stores USING (store_id)
    GROUP BY ALL ORDER BY cells.day, store_code`);
  return rows.map((row) => ({ ...row, day: dayNumber(row.day), isClosed: false }));
}

/** Shelf prices of a day against the median of the four weeks before. */
async function readPriceChanges(database: Database, day: number): Promise<PriceChange[]> {
  return database.rows<{ sku: number; category: Category; ratio: number }>(`
    WITH prices AS (
      SELECT sku_id, day, median(price_yen) AS price
      FROM daily
      WHERE price_yen > 0 AND day BETWEEN DATE '${isoDate(day)}' - 28 AND DATE '${isoDate(day)}'
      GROUP BY sku_id, day
    )
    SELECT sku_id AS sku, category, CAST(now.price / median(before.price) AS DOUBLE) AS ratio
    FROM prices AS now
    JOIN prices AS before USING (sku_id)
    JOIN products USING (sku_id)
    WHERE now.day = DATE '${isoDate(day)}' AND before.day < now.day
    GROUP BY sku_id, category, now.price ORDER BY sku_id`);
}

/** Faults of the days that `cells` covers, and of the price file of the last of them. */
export async function findFaults(
  database: Database,
  day: number,
): Promise<{ readonly faults: readonly DataFault[]; readonly storeDays: readonly StoreDay[] }> {
  const storeDays = await readStoreDays(database);
  const faults = [...storeFaults(storeDays), ...priceFaults(day, await readPriceChanges(database, day))];
  return { faults, storeDays };
}
