import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { dayNumber } from "../../forecasting/calendar/day";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import type { BaselineState } from "../../forecasting/baseline/state";
import { addChainSums, chainOutlook, newChainSums } from "../../forecasting/baseline/chain-sums";
import { addTrendSums, newTrendSums, trendsOf } from "../../forecasting/baseline/trends";
import { newBlockQueue } from "./block-queue";
import { readNightTables, type NightTables } from "./batch-tables";
import type { OrderTask } from "./order-block";
import type { Outlook } from "./score-block";
import { MEASURE_TRENDS, READ_BLOCKS } from "./read-blocks-task";
import { SCORE_BLOCKS, type NightModelFiles, type ScoredBlocks } from "./score-blocks-task";
import { removeInside } from "../engine/files/remove-owned";
import { replaceFolder } from "../engine/files/replace-folder";
import type { ThreadPool } from "../engine/threads/thread-pool";
import { readLake } from "../lake/read-lake";

export interface ScoreNightOptions {
  readonly lake: string;
  /** Folder of the forecasts, one file per block; replaced as a whole. */
  readonly out: string;
  readonly baseline: BaselineState;
  readonly models: NightModelFiles;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
  /** Writes the orders as well, beside the forecasts. */
  readonly orders?: OrderTask;
  readonly pool: ThreadPool;
  readonly onProgress?: (detail: string) => void;
}

export interface NightReport {
  readonly forecasts: number;
  readonly orderLines: number;
  /** Seconds of: small tables, decoding the history, trends, and forecasting with writing. */
  readonly seconds: Readonly<Record<"tables" | "read" | "trends" | "score", number>>;
}

/** Folder of the work files, inside the result until the night is done. */
const WORK = "work";

/** One night at work: its folders, and the same payload for every thread. */
interface Night {
  readonly options: ScoreNightOptions;
  readonly blocks: readonly number[];
  readonly workFolder: string;
  readonly out: string;
}

/**
 * A night of forecasts at any scale: memory depends on the size of a block, not on the number of stores. Three passes over
 * the blocks: decode each once into a work file and add up the chain; measure the trends; forecast and write.
 */
export async function scoreNight(options: ScoreNightOptions): Promise<NightReport> {
  const { cutoff, blocks } = await readLake(options.lake);
  return replaceFolder(options.out, async (out) => {
    const night: Night = { options, blocks, out, workFolder: join(out, WORK) };
    await mkdir(night.workFolder);
    const report = await runPasses(night, dayNumber(cutoff));
    removeInside(out, WORK);
    return report;
  });
}

async function runPasses(night: Night, cutoff: number): Promise<NightReport> {
  const { lake, baseline } = night.options;
  const seconds: Record<string, number> = {};
  const timed = async <T>(name: keyof NightReport["seconds"], work: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work;
    seconds[name] = (performance.now() - started) / 1000;
    return result;
  };
  const tables = await timed("tables", readNightTables(lake, cutoff, baseline));
  const chain = await timed("read", readAll(night, cutoff, tables));
  const trends = await timed("trends", measureAll(night, tables, chain));
  const scored = await timed("score", scoreAll(night, tables, { chain, trends }));
  return {
    forecasts: scored.reduce((sum, { forecasts }) => sum + forecasts, 0),
    orderLines: scored.reduce((sum, { orderLines }) => sum + orderLines, 0),
    seconds: seconds as NightReport["seconds"],
  };
}

/** The same task for every thread: they draw blocks from one queue. */
function forEachThread<Task>({ options }: Night, task: Task): Task[] {
  return Array.from({ length: options.pool.threads }, () => task);
}

function listen({ options, blocks }: Night, what: string) {
  let done = 0;
  return { onReport: () => options.onProgress?.(`${what} ${++done} of ${blocks.length} blocks`) };
}

async function readAll(night: Night, cutoff: number, { baseline }: NightTables): Promise<Outlook["chain"]> {
  const { options, blocks, workFolder } = night;
  const task = { lake: options.lake, cutoff, tables: baseline, queue: newBlockQueue(blocks), workFolder };
  const parts = await options.pool.run(READ_BLOCKS, forEachThread(night, task), listen(night, "read"));
  const total = newChainSums(baseline.categories.length);
  for (const part of parts) addChainSums(total, part);
  return chainOutlook(baseline, total);
}

async function measureAll(
  night: Night,
  { baseline }: NightTables,
  chain: Outlook["chain"],
): Promise<Outlook["trends"]> {
  const task = { tables: baseline, chain, queue: newBlockQueue(night.blocks), workFolder: night.workFolder };
  const parts = await night.options.pool.run(MEASURE_TRENDS, forEachThread(night, task));
  const total = newTrendSums(baseline);
  for (const part of parts) addTrendSums(total, part);
  return trendsOf(baseline, total);
}

async function scoreAll(night: Night, tables: NightTables, outlook: Outlook): Promise<ScoredBlocks[]> {
  const { options, blocks, workFolder, out } = night;
  const { lake, models, dispersions, orders } = options;
  const queue = newBlockQueue(blocks);
  const task = { lake, tables, outlook, models, dispersions, orders, queue, workFolder, out };
  return options.pool.run(SCORE_BLOCKS, forEachThread(night, task), listen(night, "forecast"));
}
