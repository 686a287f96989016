import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lakePaths } from "../../contracts/lake-layout";
import { LISTED_MAX, RUN_DOCUMENTS, type RunPlan, type RunShard } from "../../contracts/run-documents";
import { isoDate } from "../../forecasting/calendar/day";
import { HORIZON_DAYS } from "../../contracts/horizon";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { type Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "./lake-views";
import { readLake } from "./read-lake";
import { windowsOf } from "./windows-of";

export interface PlanRunOptions {
  readonly lake: string;
  /** Shards at most. */
  readonly shards: number;
  /** Folder of plan.json; replaced as a whole. */
  readonly out: string;
}

/** Megabytes for DuckDB: it counts. */
const MEMORY_MEGABYTES = 500;
/** Codes of stores that a shard names. */
const SHARD_STORES = 20;

interface BlockSize {
  readonly block: number;
  readonly rows: number;
  /** Codes, in order. */
  readonly stores: readonly string[];
}

/** How a run shares out the lake's blocks, and which stores lack their last day. */
export async function planRun({ lake, shards, out }: PlanRunOptions): Promise<RunPlan> {
  const summary = await readLake(lake);
  const { trainFrom, cutoff } = windowsOf(lake, summary);
  return replaceFolder(out, (folder) =>
    withLake(lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const missing = await missingStores(database, summary.cutoff);
      const plan: RunPlan = {
        cutoff: summary.cutoff,
        seriesCount: await seriesCount(database, summary.cutoff),
        shards: shareOut(await blockSizes(database, lake, summary), shards),
        missingStoreCount: missing.length,
        missingStores: missing.slice(0, LISTED_MAX),
        features: { from: isoDate(trainFrom), to: isoDate(cutoff) },
      };
      await writeFile(join(folder, RUN_DOCUMENTS.plan), `${JSON.stringify(plan, undefined, 2)}\n`);
      return plan;
    }),
  );
}

/** The largest block first, to the shard with the fewest rows: no shard waits long for another. */
function shareOut(blocks: readonly BlockSize[], shardCount: number): RunShard[] {
  const count = Math.max(1, Math.min(shardCount, blocks.length));
  const shards = Array.from({ length: count }, () => ({ rows: 0, blocks: [] as BlockSize[] }));
  for (const size of blocks.toSorted((a, b) => b.rows - a.rows || a.block - b.block)) {
    const target = shards.reduce((least, shard) => (shard.rows < least.rows ? shard : least));
    target.blocks.push(size);
    target.rows += size.rows;
  }
  return shards.map((shard, number) => {
    const sorted = shard.blocks.toSorted((a, b) => a.block - b.block);
    const stores = sorted.flatMap((size) => size.stores);
    return {
      number,
      blocks: sorted.map(({ block }) => block),
      storeCount: stores.length,
      stores: stores.slice(0, SHARD_STORES),
    };
  });
}

async function blockSizes(database: Database, lake: string, { blocks }: LakeSummary): Promise<BlockSize[]> {
  const stores = await database.rows<{ block: number; store_code: string }>(
    "SELECT block, store_code FROM stores ORDER BY store_code",
  );
  const sizes: BlockSize[] = [];
  for (const block of blocks) {
    const source = `read_parquet(${quote(lakePaths.daily(globSafe(lake), block))}, hive_partitioning = false)`;
    const [found] = await database.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${source}`);
    const codes = stores.filter((store) => store.block === block).map(({ store_code }) => store_code);
    sizes.push({ block, rows: found?.rows ?? 0, stores: codes });
  }
  return sizes;
}

async function seriesCount(database: Database, cutoff: string): Promise<number> {
  const [found] = await database.rows<{ series: number }>(
    `SELECT count(*) AS series FROM daily WHERE day = DATE '${cutoff}'`,
  );
  return found?.series ?? 0;
}

/** Sold nothing at all on the last day, though they did on this weekday of both weeks before: their files are late. */
async function missingStores(database: Database, cutoff: string): Promise<string[]> {
  const weeks = [0, 1, 2].map((weeks) => `DATE '${cutoff}' - ${weeks * HORIZON_DAYS}`);
  const rows = await database.rows<{ store_code: string }>(`
    SELECT store_code FROM daily JOIN stores USING (store_id)
    WHERE day IN (${weeks.join(", ")})
    GROUP BY store_code
    HAVING sum(units) FILTER (day = ${weeks[0]}) = 0
      AND sum(units) FILTER (day = ${weeks[1]}) > 0 AND sum(units) FILTER (day = ${weeks[2]}) > 0
    ORDER BY store_code`);
  return rows.map(({ store_code }) => store_code);
}
