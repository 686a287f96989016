import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import type { BaselineTables } from "../../forecasting/baseline/baseline-tables";
import { addToTrends, computeLevels, newBaselineScratch } from "../../forecasting/baseline/baseline-kernel";
import {
  addToChain,
  newChainSums,
  type ChainOutlook,
  type ChainSums,
} from "../../forecasting/baseline/chain-sums";
import { newTrendSums, type TrendSums } from "../../forecasting/baseline/trends";
import { Database } from "../engine/duckdb/database";
import { defineTask, type Report } from "../engine/threads/task";
import { takeBlock, type BlockQueue } from "./block-queue";
import { CellFileReader, readCells, seriesAt, writeCellFile } from "./cell-block";

/** First pass of a night on one thread: decodes blocks into work files and adds up the chain. */
export interface ReadBlocksTask {
  readonly lake: string;
  readonly cutoff: number;
  readonly tables: BaselineTables;
  readonly queue: BlockQueue;
  readonly workFolder: string;
}

/** DuckDB's memory in one worker; a block streams through it. */
export const WORKER_MEGABYTES = 150;

export const cellFile = (workFolder: string, block: number) => join(workFolder, `${blockName(block)}.cells`);

export async function readBlocks(task: ReadBlocksTask, report: Report): Promise<ChainSums> {
  const chain = newChainSums(task.tables.categories.length);
  const database = await Database.open({ memoryMegabytes: WORKER_MEGABYTES, threadCount: 1 });
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const cells = await readCells(database, task.lake, block, task.cutoff);
      for (let series = 0; series < cells.seriesCount; series++) {
        addToChain(task.tables, seriesAt(cells, series), chain);
      }
      writeCellFile(cellFile(task.workFolder, block), cells);
      report(block);
    }
    return chain;
  } finally {
    database.close();
  }
}

export const READ_BLOCKS = defineTask(__filename, readBlocks);

/** Second pass on one thread: how the stores' categories run against the levels of their series. */
export interface MeasureTrendsTask {
  readonly tables: BaselineTables;
  readonly chain: ChainOutlook;
  readonly queue: BlockQueue;
  readonly workFolder: string;
}

export function measureTrends({ tables, chain, queue, workFolder }: MeasureTrendsTask): TrendSums {
  const sums = newTrendSums(tables);
  const scratch = newBaselineScratch();
  const files = new CellFileReader();
  for (let block = takeBlock(queue); block !== undefined; block = takeBlock(queue)) {
    const cells = files.read(cellFile(workFolder, block));
    for (let index = 0; index < cells.seriesCount; index++) {
      const series = seriesAt(cells, index);
      computeLevels(tables, chain, series, scratch);
      addToTrends(tables, series, scratch, sums);
    }
  }
  return sums;
}

export const MEASURE_TRENDS = defineTask(__filename, measureTrends);
