import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { blockName, lakePaths } from "../../contracts/lake-layout";
import { type LakeTable } from "../../forecasting/lake/schema";
import { PARQUET_OPTIONS, writeTableInto } from "../engine/duckdb/write-table";
import { quote, type Database } from "../engine/duckdb/database";
import { stagedFiles } from "./staging";

const SQL_FOLDER = join(__dirname, "../../forecasting/lake");

export interface DailyCounts {
  /** Receipt lines that count, once each. */
  keptCount: number;
  /** Rows of daily/. */
  rowCount: number;
  unitCount: number;
  stockedOutCount: number;
  closedCount: number;
}

export interface DailyOptions {
  readonly stagingFolder: string;
  readonly lake: string;
  readonly blocks: readonly number[];
  readonly cutoff: string;
  /** Whether stock-outs must be guessed from the sales, since no file reports them. */
  readonly infersStockouts: boolean;
  readonly onBlock: (done: number) => void;
}

/** Second pass: block by block, merges repeated lines and writes the dense daily table. */
export async function writeDaily(database: Database, options: DailyOptions): Promise<DailyCounts> {
  const { lake } = options;
  const [lines, dense, infer, daily] = await Promise.all(
    ["lines", "dense", "infer-stockouts", "daily"].map((name) =>
      readFile(join(SQL_FOLDER, `${name}.sql`), "utf8"),
    ),
  );
  await database.run(`
    SET VARIABLE cutoff = CAST(DATE ${quote(options.cutoff)} AS TIMESTAMP);
    CREATE OR REPLACE TEMP VIEW products AS FROM ${quote(lakePaths.master(lake, "products"))};
    CREATE OR REPLACE TEMP VIEW promotions AS FROM ${quote(lakePaths.master(lake, "promotions"))};`);
  const counts: DailyCounts = { keptCount: 0, rowCount: 0, unitCount: 0, stockedOutCount: 0, closedCount: 0 };
  for (const [i, block] of options.blocks.entries()) {
    await database.run(
      `CREATE OR REPLACE TEMP VIEW staged_lines AS
        FROM read_parquet(${quote(stagedFiles(options.stagingFolder, block))}, hive_partitioning = false)`,
    );
    await database.run(lines ?? "");
    const [kept] = await database.rows<{ count: number }>("SELECT count(*) AS count FROM lines");
    counts.keptCount += kept?.count ?? 0;
    await database.run(dense ?? "");
    if (options.infersStockouts) await database.run(infer ?? "");
    const target = `${lake}/daily/${blockName(block)}`;
    await mkdir(target, { recursive: true });
    const path = quote(`${target}/part-0.parquet`);
    await database.run(`COPY (${daily}) TO ${path} (${PARQUET_OPTIONS})`);
    await addCounts(database, path, counts);
    options.onBlock(i + 1);
  }
  return counts;
}

async function addCounts(database: Database, path: string, counts: DailyCounts): Promise<void> {
  const [row] = await database.rows<Omit<DailyCounts, "keptCount">>(`
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
