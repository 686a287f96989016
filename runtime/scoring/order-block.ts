import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { blockName } from "../../contracts/lake-layout";
import type { PolicyKnobs } from "../../forecasting/simulation/simulate-policy";
import type { Item } from "../ordering/item-terms";
import { emptyStock } from "../ordering/stock";
import { writeRows } from "../engine/duckdb/write-rows";
import { recommendOrders } from "../ordering/order";
import type { Database } from "../engine/duckdb/database";
import type { BlockForecasts } from "./score-block";

/** What the orders of a night need besides the forecasts. Shelves are taken as empty, the hardest case to compute. */
export interface OrderTask {
  /** By sku_id. */
  readonly items: ReadonlyMap<number, Item>;
  readonly knobs: PolicyKnobs;
}

/** Writes the orders of one block, one line per store and SKU that orders something; returns the lines. */
export async function orderBlock(
  database: Database,
  forecasts: BlockForecasts,
  { items, knobs }: OrderTask,
  dispersions: readonly Dispersion[],
  out: string,
  block: number,
): Promise<number> {
  const all = recommendOrders(forecasts, items, emptyStock, dispersions, knobs);
  const orders = all.filter(({ units }) => units > 0);
  const folder = join(out, blockName(block));
  await mkdir(folder, { recursive: true });
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: Int32Array.from(orders, ({ storeId }) => storeId) },
      { name: "sku_id", type: "INTEGER", values: Int32Array.from(orders, ({ skuId }) => skuId) },
      { name: "packs", type: "INTEGER", values: Int32Array.from(orders, ({ packs }) => packs) },
      { name: "units", type: "INTEGER", values: Int32Array.from(orders, ({ units }) => units) },
      {
        name: "stock_out_probability",
        type: "FLOAT",
        values: Float32Array.from(orders, (order) => order.stockOutProbability),
      },
    ],
    `SELECT s.store_code, p.sku_code, r.packs, r.units, r.stock_out_probability
     FROM rows r JOIN stores s USING (store_id) JOIN products p USING (sku_id)`,
    join(folder, "orders.parquet"),
    "parquet",
  );
  return orders.length;
}
