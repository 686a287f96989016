import { mkdir } from "node:fs/promises";
import { blockName } from "../../contracts/lake-layout";
import { SERIES_TAIL_DAYS, type LakeTable } from "../../forecasting/lake/schema";
import { PARQUET_OPTIONS, writeTableInto } from "../engine/duckdb/write-table";
import { quote, type Database } from "../engine/duckdb/database";
import type { Block, Slice } from "./plan-blocks";
import { readSql } from "./sum-sold";

export interface DailyCounts {
  /** Rows of daily/. */
  rowCount: number;
  unitCount: number;
  stockedOutCount: number;
  closedCount: number;
}

export interface DailyOptions {
  readonly lake: string;
  readonly blocks: readonly Block[];
  /** Whether stock-outs must be guessed from the sales, since no file reports them. */
  readonly infersStockouts: boolean;
  readonly onBlock: (done: number) => void;
}

/**
 * Second pass: writes the dense daily table, a slice at a time. Reads `all_sold`, `open_days`, `products`, `promotions` and
 * `reported_stockouts`.
 */
export async function writeDaily(database: Database, options: DailyOptions): Promise<DailyCounts> {
  const names = ["usual-prices", "shelf-prices", "dense", "infer-stockouts", "daily"] as const;
  const [usual = "", shelf = "", dense = "", infer = "", daily = ""] = await Promise.all(names.map(readSql));
  const prices = `${(await hasUnlisted(database)) ? usual : NO_USUAL_PRICES} ${shelf}`;
  const stockouts = options.infersStockouts
    ? infer
    : "CREATE OR REPLACE TEMP TABLE stockouts AS FROM reported_stockouts;";
  await database.run(`SET VARIABLE tail_days = ${SERIES_TAIL_DAYS}`);
  const counts: DailyCounts = { rowCount: 0, unitCount: 0, stockedOutCount: 0, closedCount: 0 };
  for (const [i, { block, slices }] of options.blocks.entries()) {
    const target = `${options.lake}/daily/${blockName(block)}`;
    await mkdir(target, { recursive: true });
    for (const [part, slice] of slices.entries()) {
      await database.run(`${soldView(slice)}; ${prices} ${dense} ${stockouts}`);
      // Names in their order are rows in their order: readers take the parts one after another.
      const path = quote(`${target}/part-${String(part).padStart(slices.length > 1 ? 3 : 1, "0")}.parquet`);
      await database.run(`COPY (${daily}) TO ${path} (${PARQUET_OPTIONS})`);
      await addCounts(database, path, counts);
    }
    options.onBlock(i + 1);
  }
  return counts;
}

/** A chain whose tills send list prices needs no search for usual ones. */
const NO_USUAL_PRICES = `CREATE OR REPLACE TEMP TABLE usual
  (store_id INTEGER, sku_id INTEGER, day DATE, price_before DOUBLE, price_after DOUBLE);`;

async function hasUnlisted(database: Database): Promise<boolean> {
  const [row] = await database.rows<{ unlisted: boolean }>(
    "SELECT coalesce(bool_or(listed IS NULL), false) AS unlisted FROM all_sold",
  );
  return row?.unlisted ?? false;
}

function soldView({ stores, skus }: Slice): string {
  return `CREATE OR REPLACE TEMP VIEW sold AS FROM all_sold
    WHERE store_id BETWEEN ${stores[0]} AND ${stores[1]} AND sku_id BETWEEN ${skus[0]} AND ${skus[1]}`;
}

async function addCounts(database: Database, path: string, counts: DailyCounts): Promise<void> {
  const [row] = await database.rows<DailyCounts>(`
    SELECT count(*) AS "rowCount", CAST(coalesce(sum(units), 0) AS BIGINT) AS "unitCount", count(*) FILTER (WHERE is_stocked_out) AS "stockedOutCount",
      count(*) FILTER (WHERE is_closed) AS "closedCount" FROM ${path}`);
  counts.rowCount += row?.rowCount ?? 0;
  counts.unitCount += row?.unitCount ?? 0;
  counts.stockedOutCount += row?.stockedOutCount ?? 0;
  counts.closedCount += row?.closedCount ?? 0;
}

/** Tells the SQL which final id each provisional one has. */
export async function writeIdMap(
  database: Database,
  name: "store_map" | "sku_map",
  ids: Iterable<{ readonly provisional: number; readonly id: number }>,
): Promise<void> {
  const table: LakeTable = {
    name,
    grain: "one row per code",
    columns: ["provisional", "id"].map((column) => ({ name: column, type: "INTEGER", meaning: column })),
  };
  await writeTableInto(database, table, ids as Iterable<Record<string, number>>, name);
}
