import { access } from "node:fs/promises";
import { join } from "node:path";
import type { StockState } from "../../forecasting/ordering/recommend-order";
import { forecastPractice, type PolicyKnobs, stockAfter } from "../../forecasting/simulation/simulate-policy";
import type { StoreItemSeries } from "./simulate-orders";
import { type Database, quote } from "../engine/duckdb/database";

/** Stock on hand and on order of the coming morning, and where the figures are from. */
export interface StockBook {
  readonly source: string;
  readonly of: (storeId: number, skuId: number) => StockState;
}

/** File in the user's data folder: store_code, sku_code, on_hand and, if there is one, on_order. */
export const STOCK_FILE = "stock.csv";
const NONE: StockState = { onHand: 0, onOrder: 0 };
const keyOf = (storeId: number, skuId: number) => storeId * 65_536 + skuId;

/** Reads `stock.csv` of a data folder; undefined when there is none. */
export async function readStock(database: Database, folder: string): Promise<StockBook | undefined> {
  const file = join(folder, STOCK_FILE);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  const source = `read_csv(${quote(file)}, header = true, all_varchar = true)`;
  const columns = await database.rows<{ column_name: string }>(`DESCRIBE FROM ${source}`);
  const names = columns.map(({ column_name }) => column_name);
  for (const needed of ["store_code", "sku_code", "on_hand"]) {
    if (!names.includes(needed))
      throw new Error(`${file} has no column "${needed}": it has ${names.join(", ")}`);
  }
  const onOrder = names.includes("on_order") ? "coalesce(try_cast(f.on_order AS DOUBLE), 0)" : "0";
  const rows = await database.rows<{
    store_id: number;
    sku_id: number;
    on_hand: number | null;
    on_order: number;
  }>(`
    SELECT s.store_id, p.sku_id, try_cast(f.on_hand AS DOUBLE) AS on_hand, (${onOrder})::DOUBLE AS on_order
    FROM ${source} f JOIN stores s ON s.store_code = f.store_code JOIN products p ON p.sku_code = f.sku_code`);
  const book = new Map<number, StockState>();
  for (const { store_id, sku_id, on_hand, on_order } of rows) {
    if (on_hand === null || on_hand < 0) {
      throw new Error(
        `${file} has a stock on hand that is not a number from 0 up (store ${store_id}, SKU ${sku_id})`,
      );
    }
    book.set(keyOf(store_id, sku_id), { onHand: on_hand, onOrder: on_order });
  }
  return {
    source: `${STOCK_FILE}: ${book.size} items`,
    of: (storeId, skuId) => book.get(keyOf(storeId, skuId)) ?? NONE,
  };
}

/** Without a stock file: what would stand there, had the recommended orders been followed through the hold-out. */
export function simulatedStock(series: readonly StoreItemSeries[], knobs: PolicyKnobs): StockBook {
  const policy = forecastPractice(knobs);
  const book = new Map(series.map((entry) => [keyOf(entry.storeId, entry.skuId), stockAfter(entry, policy)]));
  return {
    source: "simulated: no stock file, so the recommended orders were run through the hold-out",
    of: (storeId, skuId) => book.get(keyOf(storeId, skuId)) ?? NONE,
  };
}

/** Neither a stock file nor a hold-out to simulate: every shelf is taken to be empty. */
export const emptyStock: StockBook = {
  source: "taken as empty: no stock file, and too little history to simulate one",
  of: () => NONE,
};
