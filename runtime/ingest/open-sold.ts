import { isoDate } from "../../forecasting/calendar/day";
import type { Span } from "../../forecasting/calendar/robust-span";
import { quote, type Database } from "../engine/duckdb/database";
import type { InputMasters } from "./input-masters";
import { workPaths } from "./work-folder";
import { writeIdMap } from "./write-daily";

/** Final ids by code: they follow the order of the codes; codes that never sold are numbered too when a master lists them. */
export interface FinalIds {
  readonly stores: ReadonlyMap<string, number>;
  readonly skus: ReadonlyMap<string, number>;
}

/**
 * Makes the daily sums readable with final ids and within the span: `all_sold`, and from it `open_days` (store, day) and
 * `pairs` (store, SKU, first and last day).
 */
export async function openSold(
  database: Database,
  lake: string,
  masters: InputMasters,
  span: Span,
): Promise<FinalIds> {
  const number = (ids: ReadonlyMap<string, number>) =>
    new Map([...ids.keys()].sort().map((code, i) => [code, i + 1]));
  const [stores, skus] = [number(masters.storeBook.ids), number(masters.skuBook.ids)];
  const pairs = (provisional: ReadonlyMap<string, number>, final: ReadonlyMap<string, number>) =>
    [...provisional].map(([code, id]) => ({ provisional: id, id: final.get(code) ?? 0 }));
  await writeIdMap(database, "store_map", pairs(masters.storeBook.ids, stores));
  await writeIdMap(database, "sku_map", pairs(masters.skuBook.ids, skus));
  const day = (value: number) => `DATE ${quote(isoDate(value))}`;
  await database.run(`
    SET VARIABLE cutoff = CAST(${day(span.last)} AS TIMESTAMP);
    CREATE OR REPLACE TEMP VIEW all_sold AS
      SELECT store_map.id AS store_id, sku_map.id AS sku_id, sold.* EXCLUDE (store_id, sku_id)
      FROM read_parquet(${quote(workPaths.soldOf(lake, "*"))}, hive_partitioning = false) AS sold
      JOIN store_map ON store_map.provisional = sold.store_id
      JOIN sku_map ON sku_map.provisional = sold.sku_id
      WHERE sold.day BETWEEN ${day(span.first)} AND ${day(span.last)};
    CREATE OR REPLACE TEMP TABLE open_days AS SELECT DISTINCT store_id, day FROM all_sold;
    CREATE OR REPLACE TEMP TABLE pairs AS
      SELECT store_id, sku_id, min(day) AS first_day, max(day) AS last_day FROM all_sold GROUP BY store_id, sku_id;`);
  return { stores, skus };
}

/** Days before an SKU's last sale whose usual price is taken for the price of today. */
const PRICE_DAYS = 28;

/** First sale of each SKU, and its usual price lately (0: none known). */
export async function skuFacts(database: Database) {
  const facts = await database.rows<{ id: number; price: number | null; first: number }>(`
    WITH spans AS (SELECT sku_id, min(first_day) AS first_day, max(last_day) AS last_day FROM pairs GROUP BY sku_id)
    SELECT
      sku_id AS id,
      any_value(first_day) - DATE '1970-01-01' AS first,
      quantile_disc(coalesce(list_price, top_price), 0.5) FILTER (WHERE day > last_day - ${PRICE_DAYS}) AS price
    FROM all_sold JOIN spans USING (sku_id) GROUP BY sku_id`);
  return new Map(facts.map(({ id, price, first }) => [id, { price: price ?? 0, firstDay: first }]));
}
