import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { isoDate } from "../../forecasting/calendar/day";
import type { TargetRange } from "../../forecasting/features/kernel";
import { Database, quote } from "../engine/duckdb/database";
import { PARQUET_OPTIONS } from "../engine/duckdb/write-table";
import { replaceFolder } from "../engine/files/replace-folder";
import { blockParts } from "../lake/block-parts";
import { chosenBlocks } from "../lake/chosen-blocks";
import { readLake } from "../lake/read-lake";
import {
  prepareSession,
  readFeatureSql,
  selectBlock,
  targetRange,
  type RangeOptions,
} from "./feature-session";
import { globSafe } from "../engine/duckdb/glob-safe";

/** Of one block below block=<nnn>/, and of the whole chain in the folder of `reduceChain`. */
const CHAIN_SUMS_FILE = "chain-sums.parquet";

export interface SumChainOptions extends RangeOptions {
  readonly lake: string;
  /** Folder of the result, block=<nnn>/chain-sums.parquet each; replaced as a whole. */
  readonly out: string;
  /** One shard's blocks. @default all */
  readonly blocks?: readonly number[];
}

export interface ChainReport {
  readonly blockCount: number;
  readonly rowCount: number;
}

/** First pass of the features: what each block sold, since a feature of one store reads the sales of all. */
export async function sumChain(options: SumChainOptions): Promise<ChainReport> {
  const summary = await readLake(options.lake);
  const range = targetRange(options, summary);
  const blocks = chosenBlocks(summary, options.blocks);
  return replaceFolder(options.out, async (folder) => {
    const database = await Database.open({ memoryMegabytes: 600 });
    try {
      await prepareSession(database, options.lake, range);
      const sums = await readFeatureSql("chain-sums");
      let rowCount = 0;
      for (const block of blocks) {
        const target = join(folder, blockName(block));
        await mkdir(target);
        await selectBlock(database, options.lake, block);
        rowCount += await writeSums(database, sums, range, join(target, CHAIN_SUMS_FILE));
      }
      return { blockCount: blocks.length, rowCount };
    } finally {
      database.close();
    }
  });
}

export interface ReduceChainOptions {
  readonly lake: string;
  /** Folders that the shards' `sumChain` wrote. */
  readonly parts: readonly string[];
  /** Folder of the result, one chain-sums.parquet; replaced as a whole. */
  readonly out: string;
}

/** Adds the blocks up: the same bytes for any number of shards. */
export async function reduceChain({ lake, parts, out }: ReduceChainOptions): Promise<ChainReport> {
  const files = blockParts(await readLake(lake), parts, CHAIN_SUMS_FILE);
  return replaceFolder(out, async (folder) => {
    const database = await Database.open({ memoryMegabytes: 600 });
    try {
      const all = `read_parquet([${files.map(globSafe).map(quote).join(", ")}], hive_partitioning = false)`;
      await rejectOtherRanges(database, all, parts);
      const sums = `SELECT sku_id, day, CAST(sum(units) AS BIGINT) AS units, CAST(sum(store_days) AS INTEGER) AS store_days,
        any_value(from_day) AS from_day, any_value(cutoff) AS cutoff FROM ${all} GROUP BY sku_id, day ORDER BY sku_id, day`;
      const target = join(folder, CHAIN_SUMS_FILE);
      await database.run(`COPY (${sums}) TO ${quote(target)} (${PARQUET_OPTIONS})`);
      return { blockCount: files.length, rowCount: await countRows(database, target) };
    } finally {
      database.close();
    }
  });
}

/** The view `chain_sums` on a connection that `prepareSession` has prepared. */
export async function openChainSums(database: Database, folder: string, range: TargetRange): Promise<void> {
  const file = quote(globSafe(join(folder, CHAIN_SUMS_FILE)));
  const fromDay = `DATE ${quote(isoDate(range.fromDay))}`;
  const [other] = await database.rows<{ from_day: string; cutoff: string }>(`
    SELECT from_day, cutoff FROM ${file}
    WHERE from_day <> ${fromDay} OR cutoff <> DATE ${quote(isoDate(range.cutoff))} LIMIT 1`);
  if (other) {
    throw new Error(
      `${folder} was summed for target days from ${other.from_day} at the cutoff ${other.cutoff}, ` +
        `not from ${isoDate(range.fromDay)} at ${isoDate(range.cutoff)}`,
    );
  }
  await database.run(
    `CREATE OR REPLACE TEMP VIEW chain_sums AS SELECT sku_id, day, units, store_days FROM ${file}`,
  );
}

/** The range goes with every row: sums of another range would be wrong means without a trace. */
async function writeSums(
  database: Database,
  sums: string,
  range: TargetRange,
  path: string,
): Promise<number> {
  await database.run(`COPY (
    SELECT *, DATE ${quote(isoDate(range.fromDay))} AS from_day, DATE ${quote(isoDate(range.cutoff))} AS cutoff
    FROM (${sums}) ORDER BY sku_id, day) TO ${quote(path)} (${PARQUET_OPTIONS})`);
  return countRows(database, path);
}

async function rejectOtherRanges(database: Database, all: string, parts: readonly string[]): Promise<void> {
  const ranges = await database.rows<{ from_day: string; cutoff: string }>(
    `SELECT DISTINCT from_day, cutoff FROM ${all} ORDER BY ALL`,
  );
  if (ranges.length < 2) return;
  const found = ranges.map(({ from_day, cutoff }) => `from ${from_day} at ${cutoff}`).join("; ");
  throw new Error(`${parts.join(", ")} hold sums of different target days: ${found}`);
}

async function countRows(database: Database, path: string): Promise<number> {
  const [row] = await database.rows<{ count: number }>(
    `SELECT count(*) AS count FROM ${quote(globSafe(path))}`,
  );
  return row?.count ?? 0;
}
