import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "../../forecasting/ordering/order-plan";
import { type Database, quote } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { newBlockQueue, threadsFor } from "../engine/threads/block-queue";
import { withThreadPool } from "../engine/threads/thread-pool";
import { readEvaluation } from "../evaluation/evaluate";
import { blockParts } from "../lake/block-parts";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { type Item, readItems } from "./item-terms";
import { ORDER_BLOCKS, type OrderCounts } from "./order-blocks-task";
import { ORDERS_CSV, ORDERS_FILE, writeOrderCsv } from "./order-lines";
import { DEFAULT_SERVICE } from "./recommend-orders";
import { readSimulation } from "./simulate-orders";
import { findStock } from "./stock";
import { globSafe } from "../engine/duckdb/glob-safe";

const MEMORY_MEGABYTES = 300;
const SUMMARY_FILE = "summary.json";
/** Orders that the summary shows, the dearest first. */
const SHOWN_ORDERS = 20;

export interface OrderWeekOptions {
  readonly lake: string;
  /** Folders of `batchScore` and `evaluate`. */
  readonly forecasts: string;
  readonly evaluation: string;
  /** Folder of `simulateOrders`: the weight of service, and stock where there is no stock file. */
  readonly simulation?: string;
  /** Folder with the user's stock.csv. */
  readonly data?: string;
  /** Folder of the result, replaced as a whole: block=<nnn>/orders.parquet, orders.csv and summary.json. */
  readonly out: string;
  /** @default 2 */
  readonly threads?: number;
  readonly onProgress?: (detail: string) => void;
}

export interface OrderLine {
  readonly store: string;
  readonly sku: string;
  readonly name: string;
  readonly packs: number;
  readonly units: number;
  readonly position: number;
  readonly expectedUnits: number;
  readonly protectionDays: number;
  readonly stockOutProbability: number;
  readonly reason: string;
  readonly costYen: number;
}

export interface OrdersSummary extends Omit<OrderCounts, "reasons"> {
  readonly stockSource: string;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly largest: readonly OrderLine[];
  /** Master fields that were missing and how many SKUs took a default. */
  readonly assumed: readonly { readonly field: string; readonly skus: number }[];
}

/** What every store should order this morning. */
export async function orderWeek(options: OrderWeekOptions): Promise<OrdersSummary> {
  const summary = await readLake(options.lake);
  const { dispersions } = await readEvaluation(options.evaluation);
  const service = await serviceOf(options.simulation);
  return replaceFolder(options.out, (out) =>
    withLake(options.lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const items = await readItems(database);
      const stock = await findStock(database, options);
      const { lake, forecasts } = options;
      const queue = newBlockQueue(summary.blocks);
      const terms = { items, dispersions: dispersions.published, service };
      const task = { lake, forecasts, stock: stock.query, stockIs: stock.is, queue, out, ...terms };
      const counts = await withThreadPool(
        { threads: threadsFor(summary.blocks, options.threads) },
        (pool) => {
          let done = 0;
          const onReport = () => options.onProgress?.(`${++done} of ${summary.blocks.length} blocks`);
          return pool.run(
            ORDER_BLOCKS,
            Array.from({ length: pool.threads }, () => task),
            { onReport },
          );
        },
      );
      const blocks = blockParts(summary, [out], ORDERS_FILE);
      await writeOrderCsv(database, blocks, join(out, ORDERS_CSV));
      const report = {
        ...totalOf(counts, items),
        stockSource: stock.source,
        largest: await largest(database, blocks),
      };
      await writeFile(join(out, SUMMARY_FILE), `${JSON.stringify(report, undefined, 2)}\n`);
      return report;
    }),
  );
}

async function serviceOf(simulation: string | undefined): Promise<Service> {
  const result = simulation === undefined ? undefined : await readSimulation(simulation);
  return result ? { multiplier: result.multiplier } : DEFAULT_SERVICE;
}

const descending = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a);

function totalOf(parts: readonly OrderCounts[], items: ReadonlyMap<number, Item>) {
  const sum = (value: (part: OrderCounts) => number) => parts.reduce((all, part) => all + value(part), 0);
  const reasons = new Map<string, number>();
  for (const part of parts) {
    for (const [reason, count] of Object.entries(part.reasons)) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    }
  }
  const assumed = new Map<string, number>();
  for (const field of [...items.values()].flatMap((item) => item.assumed)) {
    assumed.set(field, (assumed.get(field) ?? 0) + 1);
  }
  return {
    considered: sum(({ considered }) => considered),
    lines: sum(({ lines }) => lines),
    units: sum(({ units }) => units),
    costYen: sum(({ costYen }) => costYen),
    reasons: descending(reasons).map(([reason, count]) => ({ reason, count })),
    assumed: descending(assumed).map(([field, skus]) => ({ field, skus })),
  };
}

function largest(database: Database, blocks: readonly string[]): Promise<OrderLine[]> {
  const all = `read_parquet([${blocks.map(globSafe).map(quote).join(", ")}], hive_partitioning = false)`;
  return database.rows<OrderLine>(
    `SELECT store_code AS store, sku_code AS sku, name, packs, units, stock_position AS position,
       expected_units AS "expectedUnits", protection_days AS "protectionDays",
       stock_out_probability AS "stockOutProbability", reason, cost_yen AS "costYen"
     FROM ${all} ORDER BY cost_yen DESC, store_code, sku_code LIMIT ${SHOWN_ORDERS}`,
  );
}

/** What `orderWeek` wrote into a folder. */
export async function readOrders(folder: string): Promise<OrdersSummary> {
  const text = await readFile(join(folder, SUMMARY_FILE), "utf8").catch(() => {
    throw new Error(`${folder} holds no orders: there is no ${SUMMARY_FILE}`);
  });
  return JSON.parse(text) as OrdersSummary;
}
