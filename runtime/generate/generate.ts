import { writeFile } from "node:fs/promises";
import { isoDate } from "../../forecasting/calendar/day";
import { makeWorld, type World } from "../../forecasting/generator/world";
import type { WorldOptions } from "../../forecasting/generator/options";
import { lakePaths } from "../../contracts/lake-layout";
import { storesPerBlock, type LakeSummary } from "../../forecasting/lake/schema";
import { dailySource, truthSource, type CellSource } from "./cell-source";
import { copyCells } from "./copy-cells";
import { runConcurrently } from "../engine/threads/run-concurrently";
import { replaceFolder } from "../engine/files/replace-folder";
import { writeMasters } from "./write-masters";
import { Database } from "../engine/duckdb/database";

export interface GenerateOptions extends WorldOptions {
  /** Folder of the lake; replaced as a whole. */
  readonly out: string;
  /** Whether truth/ is written too; it doubles the time. @default true */
  readonly truth?: boolean;
  /** Rows of a block: small ones make many blocks of a small lake. @default four million */
  readonly rowsPerBlock?: number;
  readonly onProgress?: (doneBlocks: number, allBlocks: number) => void;
}

/** Blocks that are written side by side, one core each. */
const CONCURRENCY = 2;

/** Generates a lake: the same options give the same rows, whatever the machine. */
export async function generateLake(options: GenerateOptions): Promise<LakeSummary> {
  const world = makeWorld(options);
  return replaceFolder(options.out, async (folder) => {
    const perBlock = storesInBlock(world, options.rowsPerBlock);
    const blockOf = (store: number) => Math.floor(store / perBlock);
    const blocks = Array.from({ length: blockOf(world.stores.length - 1) + 1 }, (_, block) => block);
    const database = await Database.open({ threadCount: CONCURRENCY, memoryMegabytes: 600 });
    try {
      await writeMasters(database, world, folder, blockOf);
      const withTruth = options.truth ?? true;
      const rowCount = await writeBlocks(world, folder, blocks, perBlock, withTruth, options, database);
      const summary = summarise(world, blocks, rowCount, withTruth);
      await writeFile(lakePaths.summary(folder), `${JSON.stringify(summary, undefined, 2)}\n`);
      return summary;
    } finally {
      database.close();
    }
  });
}

/** At least two blocks where there are two stores, so that both cores have work. */
function storesInBlock(world: World, rowsPerBlock?: number): number {
  const most = storesPerBlock(world.products.length, world.days.knownDayCount, rowsPerBlock);
  return Math.min(most, Math.max(1, Math.ceil(world.stores.length / CONCURRENCY)));
}

async function writeBlocks(
  world: World,
  folder: string,
  blocks: readonly number[],
  perBlock: number,
  withTruth: boolean,
  options: GenerateOptions,
  database: Database,
): Promise<number> {
  const slots = await Promise.all(
    Array.from({ length: CONCURRENCY }, (_, index) => openSlot(world, database, index)),
  );
  let rowCount = 0;
  let done = 0;
  await runConcurrently(blocks, CONCURRENCY, async (block, index) => {
    const slot = slots[index]!;
    const first = block * perBlock;
    const count = Math.min(perBlock, world.stores.length - first);
    const rows = await copyCells(slot.connection, slot.daily, `${folder}/daily`, block, first, count);
    rowCount += rows;
    if (withTruth) await copyCells(slot.connection, slot.truth, `${folder}/truth`, block, first, count);
    options.onProgress?.(++done, blocks.length);
  });
  slots.forEach((slot) => slot.connection.close());
  return rowCount;
}

interface Slot {
  readonly connection: Database;
  readonly daily: CellSource;
  readonly truth: CellSource;
}

async function openSlot(world: World, database: Database, index: number): Promise<Slot> {
  const connection = await database.fork();
  const daily = dailySource(world, `daily_${index}`);
  const truth = truthSource(world, `truth_${index}`);
  connection.register(daily.source);
  connection.register(truth.source);
  return { connection, daily, truth };
}

function summarise(world: World, blocks: number[], rowCount: number, hasTruth: boolean): LakeSummary {
  return {
    source: "generated",
    firstDay: isoDate(world.days.firstDay),
    cutoff: isoDate(world.days.cutoff),
    storeCount: world.stores.length,
    skuCount: world.products.length,
    rowCount,
    blocks,
    hasTruth,
    seed: world.seed,
    warnings: [],
  };
}
