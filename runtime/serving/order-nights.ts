import type { Category } from "../../contracts/categories";
import { type OrderLineFile, type OrderNight, SERVING_FILES_VERSION } from "../../contracts/serving-files";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { type Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { type Item, readItems } from "../ordering/item-terms";
import { ORDERS_FILE } from "../ordering/order-lines";
import { allForecasts } from "../scoring/forecast-files";

interface OrderRow extends Omit<OrderLineFile, "packSize"> {
  readonly storeId: number;
  readonly skuId: number;
  readonly stockSource: OrderNight["stockSource"];
}

/** Order recommendations store by store; a store that needs nothing today has one without lines. */
export async function* orderNights(
  database: Database,
  folders: { readonly forecasts: string; readonly orders: string },
  cutoff: string,
): AsyncGenerator<{ readonly storeId: number; readonly night: OrderNight }> {
  const items = await readItems(database);
  await database.run(`
    CREATE TEMP VIEW order_lines AS FROM read_parquet(
      ${quote(`${globSafe(folders.orders)}/block=*/${ORDERS_FILE}`)}, hive_partitioning = false);
    CREATE TEMP TABLE assortment AS
    SELECT DISTINCT s.store_id, p.sku_id
    FROM ${allForecasts(folders.forecasts)} JOIN stores s USING (store_code) JOIN products p USING (sku_code)`);
  const [any] = await database.rows<{ source: OrderNight["stockSource"] }>(
    "SELECT stock_source AS source FROM order_lines LIMIT 1",
  );
  const stores = await database.rows<{ id: number }>(
    "SELECT DISTINCT store_id AS id FROM assortment ORDER BY store_id",
  );
  for (const { id } of stores) {
    const lines = await linesOf(database, id);
    const skus = await database.rows<{ sku: number }>(
      `SELECT sku_id AS sku FROM assortment WHERE store_id = ${id} ORDER BY sku_id`,
    );
    yield {
      storeId: id,
      night: {
        version: SERVING_FILES_VERSION,
        day: isoDate(dayNumber(cutoff) + 1),
        stockSource: lines[0]?.stockSource ?? any?.source ?? "taken as empty",
        lines: lines.map((line) => lineOf(line, items)),
        assortment: Object.fromEntries(skus.map(({ sku }) => entryOf(items.get(sku)!))),
      },
    };
  }
}

function linesOf(database: Database, storeId: number): Promise<OrderRow[]> {
  return database.rows<OrderRow>(`
    SELECT s.store_id AS "storeId", p.sku_id AS "skuId", o.sku_code AS sku, o.name, p.category, o.packs, o.units, o.reason,
      o.stock_position AS "stockUnits", o.stock_source AS "stockSource", o.protection_days AS "protectionDays",
      o.expected_units AS "expectedUnits", o.stock_out_probability AS "stockOutProbability", o.cost_yen AS "costYen"
    FROM order_lines o JOIN stores s USING (store_code) JOIN products p USING (sku_code)
    WHERE s.store_id = ${storeId} ORDER BY o.sku_code`);
}

function lineOf(row: OrderRow, items: ReadonlyMap<number, Item>): OrderLineFile {
  const { sku, name, category, packs, units, reason, stockUnits, protectionDays } = row;
  return {
    ...{ sku, name, packs, units, reason, stockUnits, protectionDays },
    category: category as Category,
    packSize: items.get(row.skuId)?.terms.packSize ?? units / packs,
    expectedUnits: Number(row.expectedUnits.toFixed(2)),
    stockOutProbability: Number(row.stockOutProbability.toFixed(3)),
    costYen: row.costYen,
  };
}

const entryOf = ({ skuCode, name, terms }: Item) => [skuCode, { name, packSize: terms.packSize }] as const;
