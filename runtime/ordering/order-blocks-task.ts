import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { blockName, lakePaths } from "../../contracts/lake-layout";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { StockState } from "../../forecasting/ordering/order-plan";
import { seriesKey } from "../../forecasting/lake/series-key";
import { columnAs } from "../engine/duckdb/columns";
import { Database, quote } from "../engine/duckdb/database";
import { defineTask, type Report } from "../engine/threads/task";
import { FORECASTS_FILE } from "../scoring/forecast-files";
import { type BlockQueue, takeBlock } from "../engine/threads/block-queue";
import { ORDERS_FILE, writeOrderBlock } from "./order-lines";
import type { StockSource } from "./stock";
import { type OrderTerms, recommendOrders, type StoreOrder, type WeekForecasts } from "./recommend-orders";
import { globSafe } from "../engine/duckdb/glob-safe";

/** DuckDB's memory in one worker. */
const WORKER_MEGABYTES = 150;
/** DuckDB keeps what a file was written from for as long as it lives: it starts anew after so many blocks. */
const BLOCKS_PER_DATABASE = 8;

/** Orders of some blocks on one thread. */
export interface OrderBlocksTask extends OrderTerms {
  readonly lake: string;
  /** Folder of `batchScore`. */
  readonly forecasts: string;
  /** A query of StockSource, and what its figures are. */
  readonly stock: string;
  readonly stockIs: StockSource["is"];
  readonly queue: BlockQueue;
  /** Folder of the orders. */
  readonly out: string;
}

export interface OrderCounts {
  /** Store and SKU pairs that were looked at. */
  readonly considered: number;
  readonly lines: number;
  readonly units: number;
  readonly costYen: number;
  /** Pairs by the reason for their quantity. */
  readonly reasons: Readonly<Record<string, number>>;
}

/**
 * Whoever is free takes the next block.
 * @public a worker thread calls it by name
 */
export async function orderBlocks(task: OrderBlocksTask, report: Report): Promise<OrderCounts> {
  await distributionReady;
  const counts = { considered: 0, lines: 0, units: 0, costYen: 0, reasons: {} as Record<string, number> };
  let database: Database | undefined;
  let done = 0;
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      if (done++ % BLOCKS_PER_DATABASE === 0) {
        database?.close();
        database = await openMasters(task);
      }
      const all = await orderBlock(task, database!, block);
      addCounts(counts, all);
      report(block);
    }
    return counts;
  } finally {
    database?.close();
  }
}

export const ORDER_BLOCKS = defineTask(__filename, orderBlocks);

async function openMasters({ lake }: OrderBlocksTask): Promise<Database> {
  const options = { memoryMegabytes: WORKER_MEGABYTES, threadCount: 1, keepsJoinOrder: true };
  const database = await Database.open(options);
  const categories = `[${CATEGORIES.map(quote).join(", ")}]`;
  await database.run(`
    CREATE TABLE stores AS FROM ${quote(lakePaths.master(globSafe(lake), "stores"))};
    CREATE TABLE products AS
      SELECT *, (list_position(${categories}, category) - 1)::INTEGER AS category_code
      FROM ${quote(lakePaths.master(globSafe(lake), "products"))}`);
  return database;
}

async function orderBlock(task: OrderBlocksTask, database: Database, block: number): Promise<StoreOrder[]> {
  const forecasts = await readForecasts(database, join(task.forecasts, blockName(block), FORECASTS_FILE));
  const { storeIds, stockOf } = await readStock(database, task.stock, block);
  const all = recommendOrders(forecasts, task, stockOf);
  const folder = join(task.out, blockName(block));
  mkdirSync(folder, { recursive: true });
  const orders = all.filter(({ units }) => units > 0);
  await writeOrderBlock(database, orders, { is: task.stockIs, storeIds }, join(folder, ORDERS_FILE));
  return all;
}

/** Forecasts in the order of the file, which must have every day of each series. */
async function readForecasts(database: Database, file: string): Promise<WeekForecasts> {
  const batch = await database.columns(`
    SELECT s.store_id, p.sku_id, p.category_code, f.mean_units
    FROM ${quote(globSafe(file))} f JOIN stores s USING (store_code) JOIN products p USING (sku_code)`);
  const [storeIds, skuIds] = [columnAs(batch, "store_id", Int32Array), columnAs(batch, "sku_id", Int32Array)];
  for (let start = 0; start < batch.rowCount; start += HORIZON_DAYS) {
    const end = start + HORIZON_DAYS - 1;
    if (storeIds[start] !== storeIds[end] || skuIds[start] !== skuIds[end]) {
      throw new Error(
        `${file}: store ${storeIds[start]}, SKU ${skuIds[start]} has not ${HORIZON_DAYS} days in a row`,
      );
    }
  }
  return {
    storeIds,
    skuIds,
    categories: columnAs(batch, "category_code", Int32Array),
    mean: columnAs(batch, "mean_units", Float32Array),
  };
}

const NONE: StockState = { onHand: 0, onOrder: 0 };

/** Stock of one block's stores, and which of them have any figure. */
async function readStock(
  database: Database,
  query: string,
  block: number,
): Promise<{ storeIds: Set<number>; stockOf: (storeId: number, skuId: number) => StockState }> {
  const batch = await database.columns(`
    SELECT store_id, sku_id, on_hand, on_order FROM (${query})
    SEMI JOIN (SELECT store_id FROM stores WHERE block = ${block}) USING (store_id)`);
  const [stores, skus] = [columnAs(batch, "store_id", Int32Array), columnAs(batch, "sku_id", Int32Array)];
  const [onHand, onOrder] = [
    columnAs(batch, "on_hand", Float64Array),
    columnAs(batch, "on_order", Float64Array),
  ];
  const book = new Map<number, StockState>();
  for (let row = 0; row < batch.rowCount; row++) {
    book.set(seriesKey(stores[row]!, skus[row]!), { onHand: onHand[row]!, onOrder: onOrder[row]! });
  }
  return {
    storeIds: new Set(stores),
    stockOf: (storeId, skuId) => book.get(seriesKey(storeId, skuId)) ?? NONE,
  };
}

interface Counts {
  considered: number;
  lines: number;
  units: number;
  costYen: number;
  readonly reasons: Record<string, number>;
}

function addCounts(counts: Counts, orders: readonly StoreOrder[]): void {
  for (const { units, costYen, reason } of orders) {
    counts.considered += 1;
    counts.lines += Number(units > 0);
    counts.units += units;
    counts.costYen += costYen;
    counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
  }
}
