import { type Database, quote } from "../engine/duckdb/database";
import { withSafeTexts, writeRows } from "../engine/duckdb/write-rows";
import { ORDER_REASONS } from "../../forecasting/ordering/recommend-order";
import type { StoreOrder } from "./recommend-orders";
import { globSafe } from "../engine/duckdb/glob-safe";
import type { StockSource } from "./stock";

/** Of one block, below block=<nnn>/ of the folder of orders; orders.csv beside the blocks has all of them for people. */
export const ORDERS_FILE = "orders.parquet";
export const ORDERS_CSV = "orders.csv";

/** Columns of an order, one row per store and SKU that orders something, in the order store, SKU. */
const COLUMNS = [
  "store_code",
  "sku_code",
  "name",
  "packs",
  "units",
  "reason",
  "stock_position",
  "stock_source",
  "protection_days",
  "expected_units",
  "stock_out_probability",
  "cost_yen",
  "expected_gain_yen",
] as const;

/** Of a store that the source of the stock does not have. */
const EMPTY: StockSource["is"] = "taken as empty";

/** Writes one block's orders; the connection has the tables stores and products, and keeps the order of joins. */
export async function writeOrderBlock(
  database: Database,
  orders: readonly StoreOrder[],
  stock: { readonly is: StockSource["is"]; readonly storeIds: ReadonlySet<number> },
  file: string,
): Promise<void> {
  const ints = (value: (order: StoreOrder) => number) => Int32Array.from(orders, value);
  const floats = (value: (order: StoreOrder) => number) => Float32Array.from(orders, value);
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: ints(({ storeId }) => storeId) },
      { name: "sku_id", type: "INTEGER", values: ints(({ skuId }) => skuId) },
      { name: "packs", type: "INTEGER", values: ints(({ packs }) => packs) },
      { name: "units", type: "INTEGER", values: ints(({ units }) => units) },
      { name: "reason_code", type: "INTEGER", values: ints(({ reason }) => ORDER_REASONS.indexOf(reason)) },
      { name: "stock_position", type: "INTEGER", values: ints(({ position }) => Math.round(position)) },
      { name: "protection_days", type: "INTEGER", values: ints(({ protectionDays }) => protectionDays) },
      { name: "expected", type: "FLOAT", values: floats(({ protectionMean }) => protectionMean) },
      { name: "stock_out", type: "FLOAT", values: floats((order) => order.stockOutProbability) },
      { name: "cost_yen", type: "INTEGER", values: ints(({ costYen }) => Math.round(costYen)) },
      {
        name: "has_stock",
        type: "INTEGER",
        values: ints(({ storeId }) => Number(stock.storeIds.has(storeId))),
      },
      { name: "gain_yen", type: "FLOAT", values: floats(({ expectedGainYen }) => expectedGainYen) },
    ],
    `SELECT ${COLUMNS.join(", ")} FROM (
       SELECT *, [${ORDER_REASONS.map(quote).join(", ")}][reason_code + 1] AS reason,
         if(has_stock = 1, ${quote(stock.is)}, ${quote(EMPTY)}) AS stock_source, round(gain_yen)::BIGINT AS expected_gain_yen,
         round(expected, 2) AS expected_units, round(stock_out, 3) AS stock_out_probability
       FROM rows JOIN (SELECT store_id, store_code FROM stores) USING (store_id) JOIN products USING (sku_id))`,
    file,
    "parquet",
  );
}

/** All blocks' orders as one CSV, in their order. */
export async function writeOrderCsv(
  database: Database,
  blocks: readonly string[],
  file: string,
): Promise<void> {
  const all = `FROM read_parquet([${blocks.map(globSafe).map(quote).join(", ")}], hive_partitioning = false)`;
  await database.run(`COPY (${await withSafeTexts(database, all)}) TO ${quote(file)} (FORMAT csv, HEADER)`);
}
