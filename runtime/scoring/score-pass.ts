import { existsSync } from "node:fs";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import type { BaselineTables } from "../../forecasting/baseline/baseline-tables";
import { CHAIN_DAYS, type ChainSums } from "../../forecasting/baseline/chain-sums";
import type { TrendSums } from "../../forecasting/baseline/trends";
import { HORIZON_DAYS } from "../../contracts/horizon";
import type { Database } from "../engine/duckdb/database";
import type { CellFileReader } from "./cell-block";
import { type CellBlock, readCells, writeCellFile } from "./cell-block";
import type { BlockQueue } from "../engine/threads/block-queue";
import { readSums, type SumsOf, writeSums } from "./sum-file";

/** What a thread needs for any pass over the blocks. */
export interface PassTask {
  readonly lake: string;
  readonly cutoff: string;
  readonly fittedTo: string;
  readonly tables: BaselineTables;
  readonly queue: BlockQueue;
  /** Keeps what was decoded for the next pass over the same blocks; undefined: decoded again. */
  readonly workFolder?: string;
  /** Folder of the result, block=<nnn>/ below it. */
  readonly out: string;
}

/** DuckDB's memory in one worker; a block streams through it. */
export const WORKER_MEGABYTES = 150;

export const CHAIN_FILE = "chain.sums";
export const TRENDS_FILE = "trends.sums";

/** The history of a block: from the work file of an earlier pass, or decoded (and kept for the next). */
export async function openCells(
  { lake, cutoff, workFolder }: PassTask,
  database: Database,
  files: CellFileReader,
  block: number,
): Promise<CellBlock> {
  if (workFolder === undefined) return readCells(database, lake, block, cutoff);
  const path = join(workFolder, `${blockName(block)}.cells`);
  if (existsSync(path)) return files.read(path);
  const cells = await readCells(database, lake, block, cutoff);
  writeCellFile(path, cells);
  return cells;
}

type SumsTask = Pick<PassTask, "cutoff" | "fittedTo" | "tables">;

function aboutChain({ cutoff, fittedTo, tables }: SumsTask): SumsOf {
  const length = tables.categories.length * CHAIN_DAYS;
  return { what: "chain", cutoff, fittedTo, lengths: [length, length, length] };
}

function aboutTrends({ cutoff, fittedTo, tables }: SumsTask): SumsOf {
  const length = tables.storeSizes.length * HORIZON_DAYS;
  return { what: "trends", cutoff, fittedTo, lengths: [length, length] };
}

export function writeChain(path: string, task: SumsTask, { units, weight, storeDays }: ChainSums): void {
  writeSums(path, aboutChain(task), [units, weight, storeDays]);
}

export function readChain(path: string, task: SumsTask): ChainSums {
  const [units, weight, storeDays] = readSums(path, aboutChain(task));
  return { units: units!, weight: weight!, storeDays: storeDays! };
}

export function writeTrends(path: string, task: SumsTask, { units, expected }: TrendSums): void {
  writeSums(path, aboutTrends(task), [units, expected]);
}

export function readTrends(path: string, task: SumsTask): TrendSums {
  const [units, expected] = readSums(path, aboutTrends(task));
  return { units: units!, expected: expected! };
}
