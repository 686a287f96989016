import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { goesOn } from "../../forecasting/baseline/baseline-tables";
import { addToTrends, computeLevels, newBaselineScratch } from "../../forecasting/baseline/baseline-kernel";
import { addToChain, type ChainOutlook, newChainSums } from "../../forecasting/baseline/chain-sums";
import { newTrendSums } from "../../forecasting/baseline/trends";
import { Database } from "../engine/duckdb/database";
import { defineTask, type Report } from "../engine/threads/task";
import { takeBlock } from "../engine/threads/block-queue";
import { CellFileReader, seriesAt, type CellBlock } from "./cell-block";
import {
  CHAIN_FILE,
  openCells,
  type PassTask,
  TRENDS_FILE,
  WORKER_MEGABYTES,
  writeChain,
  writeTrends,
} from "./score-pass";

/**
 * First pass on one thread: what each block sold and expected per SKU and day. Each block has a file of its own, its series
 * added in their order: whoever adds the files up in the order of the blocks gets the same bits, on any number of machines.
 * @public a worker thread calls it by name
 */
export async function sumBlocks(task: PassTask, report: Report): Promise<void> {
  const sums = newChainSums(task.tables.categories.length);
  await forEachBlock(task, report, (cells, folder) => {
    for (const values of [sums.units, sums.weight, sums.storeDays]) values.fill(0);
    for (let index = 0; index < cells.seriesCount; index++) {
      addToChain(task.tables, seriesAt(cells, index), sums);
    }
    writeChain(join(folder, CHAIN_FILE), task, sums);
  });
}

export const SUM_BLOCKS = defineTask(__filename, sumBlocks);

export interface MeasureTrendsTask extends PassTask {
  readonly chain: ChainOutlook;
}

/**
 * Second pass on one thread: how the categories of each block's stores run against the levels of their series.
 * @public a worker thread calls it by name
 */
export async function measureTrends(task: MeasureTrendsTask, report: Report): Promise<void> {
  const sums = newTrendSums(task.tables);
  const scratch = newBaselineScratch();
  await forEachBlock(task, report, (cells, folder) => {
    for (const values of [sums.units, sums.expected]) values.fill(0);
    for (let index = 0; index < cells.seriesCount; index++) {
      const series = seriesAt(cells, index);
      if (!goesOn(task.tables, series)) continue;
      computeLevels(task.tables, task.chain, series, scratch);
      addToTrends(task.tables, series, scratch, sums);
    }
    writeTrends(join(folder, TRENDS_FILE), task, sums);
  });
}

export const MEASURE_TRENDS = defineTask(__filename, measureTrends);

async function forEachBlock(
  task: PassTask,
  report: Report,
  work: (cells: CellBlock, folder: string) => void,
): Promise<void> {
  const database = await Database.open({ memoryMegabytes: WORKER_MEGABYTES, threadCount: 1 });
  const files = new CellFileReader();
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const folder = join(task.out, blockName(block));
      mkdirSync(folder, { recursive: true });
      work(await openCells(task, database, files, block), folder);
      report(block);
    }
  } finally {
    database.close();
  }
}
