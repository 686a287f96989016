import { mkdirSync } from "node:fs";
import { addChainSums, chainOutlook, newChainSums } from "../../forecasting/baseline/chain-sums";
import { addTrendSums, newTrendSums, trendsOf } from "../../forecasting/baseline/trends";
import type { ThreadPool } from "../engine/threads/thread-pool";
import type { Task } from "../engine/threads/task";
import { newBlockQueue } from "../engine/threads/block-queue";
import { type ModelRowsTask, WRITE_MODEL_ROWS } from "./model-rows-task";
import { writeNightModels } from "./night-models";
import type { Outlook } from "./score-block";
import { SCORE_BLOCKS } from "./score-blocks-task";
import { readChain, readTrends, type PassTask, writeChain, writeTrends } from "./score-pass";
import type { ScoreInputs, Scorers } from "./score-inputs";
import { MEASURE_TRENDS, SUM_BLOCKS } from "./sum-blocks-task";

/** A pass over some blocks of the lake, on the threads of one machine. */
export interface Pass {
  readonly inputs: ScoreInputs;
  readonly blocks: readonly number[];
  /** Keeps what was decoded for the next pass over the same blocks; undefined: decoded again. */
  readonly workFolder?: string;
  readonly out: string;
  readonly pool: ThreadPool;
  readonly onBlock?: (done: number, all: number) => void;
}

/** First pass: the chain's sums of each block. */
export async function sumPass(pass: Pass): Promise<void> {
  await onEveryThread(pass, SUM_BLOCKS, taskOf(pass));
}

/** Adds the files up in the order given, which must be that of the blocks. */
export function reduceChainSums(inputs: ScoreInputs, files: readonly string[], path: string): void {
  const { baseline } = inputs.tables;
  const total = newChainSums(baseline.categories.length);
  for (const file of files) addChainSums(total, readChain(file, sumsOf(inputs)));
  writeChain(path, sumsOf(inputs), total);
}

/** Second pass: the trends of each block's stores. */
export async function trendPass(pass: Pass, chainFile: string): Promise<void> {
  const chain = readChainOutlook(pass.inputs, chainFile);
  await onEveryThread(pass, MEASURE_TRENDS, { ...taskOf(pass), chain });
}

export function reduceTrendSums(inputs: ScoreInputs, files: readonly string[], path: string): void {
  const total = newTrendSums(inputs.tables.baseline);
  for (const file of files) addTrendSums(total, readTrends(file, sumsOf(inputs)));
  writeTrends(path, sumsOf(inputs), total);
}

/** Last pass: the forecasts of each block, and which models made them. Returns their number. */
export async function forecastPass(
  pass: Pass,
  { versions, ...scorers }: Scorers,
  chainFile: string,
  trendsFile: string,
  writesOnlineRows = false,
): Promise<number> {
  const task = { ...rowsTaskOf(pass, chainFile, trendsFile), writesOnlineRows, ...scorers };
  const forecasts = total(await onEveryThread(pass, SCORE_BLOCKS, task));
  await writeNightModels(pass.out, { cutoff: pass.inputs.cutoff, ...versions });
  return forecasts;
}

/** The same rows for models that are elsewhere. Returns their number. */
export async function modelRowsPass(pass: Pass, chainFile: string, trendsFile: string): Promise<number> {
  return total(await onEveryThread(pass, WRITE_MODEL_ROWS, rowsTaskOf(pass, chainFile, trendsFile)));
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function rowsTaskOf(pass: Pass, chainFile: string, trendsFile: string): ModelRowsTask {
  const { tables } = pass.inputs;
  const outlook: Outlook = {
    chain: readChainOutlook(pass.inputs, chainFile),
    trends: trendsOf(tables.baseline, readTrends(trendsFile, sumsOf(pass.inputs))),
  };
  return { ...taskOf(pass), scoreTables: tables, outlook };
}

function readChainOutlook(inputs: ScoreInputs, file: string): Outlook["chain"] {
  return chainOutlook(inputs.tables.baseline, readChain(file, sumsOf(inputs)));
}

const sumsOf = ({ cutoff, fittedTo, tables }: ScoreInputs) => ({ cutoff, fittedTo, tables: tables.baseline });

function taskOf({ inputs, blocks, workFolder, out }: Pass): PassTask {
  if (workFolder !== undefined) mkdirSync(workFolder, { recursive: true });
  return { lake: inputs.lake, ...sumsOf(inputs), queue: newBlockQueue(blocks), workFolder, out };
}

/** The same task for every thread: they draw blocks from one queue. */
function onEveryThread<Payload extends PassTask, Result>(
  { blocks, pool, onBlock }: Pass,
  task: Task<Payload, Result>,
  payload: Payload,
): Promise<Result[]> {
  let done = 0;
  const payloads = Array.from({ length: pool.threads }, () => payload);
  return pool.run(task, payloads, { onReport: () => onBlock?.(++done, blocks.length) });
}
