import { join } from "node:path";
import { replaceFolder } from "../engine/files/replace-folder";
import { threadsFor } from "../engine/threads/block-queue";
import { withThreadPool } from "../engine/threads/thread-pool";
import { blockParts } from "../lake/block-parts";
import { chosenBlocks } from "../lake/chosen-blocks";
import { readLake } from "../lake/read-lake";
import {
  type BaselineFolders,
  type ModelFolders,
  readScoreInputs,
  readScorers,
  type ScoreInputs,
} from "./score-inputs";
import { CHAIN_FILE, TRENDS_FILE } from "./score-pass";
import {
  forecastPass,
  modelRowsPass,
  type Pass,
  reduceChainSums,
  reduceTrendSums,
  sumPass,
  trendPass,
} from "./score-passes";

/**
 * The passes of batch scoring one by one, for machines that share the blocks: sums per shard, reduce, trends per shard,
 * reduce, forecasts per shard. The folders of a pass go to the next one.
 */
interface ShardOptions extends BaselineFolders {
  /** Folder of the result, block=<nnn>/ below it; replaced as a whole. */
  readonly out: string;
  /** One shard's blocks. @default all */
  readonly blocks?: readonly number[];
  /** @default 2 */
  readonly threads?: number;
}

interface ReduceOptions extends BaselineFolders {
  /** Folders that the shards wrote. */
  readonly parts: readonly string[];
  /** Folder of the result, one file of sums; replaced as a whole. */
  readonly out: string;
}

interface BlocksReport {
  readonly blockCount: number;
}

export function scoreSums(options: ShardOptions): Promise<BlocksReport> {
  return onShard(options, async (pass) => {
    await sumPass(pass);
    return {};
  });
}

export function reduceScoreSums(options: ReduceOptions): Promise<BlocksReport> {
  return reduce(options, CHAIN_FILE, reduceChainSums);
}

/** @param options `sums` is the folder of `reduceScoreSums` */
export function scoreTrends(options: ShardOptions & { readonly sums: string }): Promise<BlocksReport> {
  return onShard(options, async (pass) => {
    await trendPass(pass, join(options.sums, CHAIN_FILE));
    return {};
  });
}

export function reduceScoreTrends(options: ReduceOptions): Promise<BlocksReport> {
  return reduce(options, TRENDS_FILE, reduceTrendSums);
}

/** @param options `sums` and `trends` are the folders of `reduceScoreSums` and `reduceScoreTrends` */
export function scoreShard(
  options: ShardOptions & ModelFolders & { readonly sums: string; readonly trends: string },
): Promise<BlocksReport & { readonly forecasts: number }> {
  return onShard(options, async (pass) => {
    const [chain, trends] = [join(options.sums, CHAIN_FILE), join(options.trends, TRENDS_FILE)];
    return { forecasts: await forecastPass(pass, await readScorers(options), chain, trends) };
  });
}

/** What Batch Transform scores, and the rows of the online store (contracts/run-documents.ts). */
export function modelRows(
  options: ShardOptions & { readonly sums: string; readonly trends: string },
): Promise<BlocksReport & { readonly rows: number }> {
  return onShard(options, async (pass) => ({
    rows: await modelRowsPass(pass, join(options.sums, CHAIN_FILE), join(options.trends, TRENDS_FILE)),
  }));
}

async function onShard<Report extends object>(
  options: ShardOptions,
  run: (pass: Pass) => Promise<Report>,
): Promise<Report & BlocksReport> {
  const blocks = chosenBlocks(await readLake(options.lake), options.blocks);
  return replaceFolder(options.out, async (out) => {
    const inputs = await readScoreInputs(options);
    const report = await withThreadPool({ threads: threadsFor(blocks, options.threads) }, (pool) =>
      run({ inputs, blocks, out, pool }),
    );
    return { ...report, blockCount: blocks.length };
  });
}

async function reduce(
  options: ReduceOptions,
  file: string,
  add: (inputs: ScoreInputs, files: readonly string[], path: string) => void,
): Promise<BlocksReport> {
  const files = blockParts(await readLake(options.lake), options.parts, file);
  return replaceFolder(options.out, async (out) => {
    add(await readScoreInputs(options), files, join(out, file));
    return { blockCount: files.length };
  });
}
