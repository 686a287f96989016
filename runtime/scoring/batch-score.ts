import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { removeInside } from "../engine/files/remove-owned";
import { replaceFolder } from "../engine/files/replace-folder";
import { threadsFor } from "../engine/threads/block-queue";
import { withThreadPool } from "../engine/threads/thread-pool";
import { blockParts } from "../lake/block-parts";
import { readLake } from "../lake/read-lake";
import { type BaselineFolders, type ModelFolders, readScoreInputs, readScorers } from "./score-inputs";
import { CHAIN_FILE, TRENDS_FILE } from "./score-pass";
import {
  forecastPass,
  type Pass,
  reduceChainSums,
  reduceTrendSums,
  sumPass,
  trendPass,
} from "./score-passes";

export interface BatchScoreOptions extends BaselineFolders, ModelFolders {
  /** Folder of the forecasts, block=<nnn>/forecasts.parquet each; replaced as a whole. */
  readonly out: string;
  /** Writes the models' rows beside the forecasts, as the online store keeps them. @default false */
  readonly onlineRows?: boolean;
  /** @default 2 */
  readonly threads?: number;
  readonly onProgress?: (detail: string) => void;
}

/** Folder of the work files, inside the result until it is whole. */
const WORK = "work";

export interface ScoreReport {
  readonly forecasts: number;
  /** First and last forecast day, ISO dates. */
  readonly from: string;
  readonly to: string;
  /** Seconds of: small tables, sums of the decoded history, trends, and forecasting with writing. */
  readonly seconds: Readonly<Record<"tables" | "sums" | "trends" | "forecasts", number>>;
}

/**
 * The coming week's forecasts at any scale: memory depends on the size of a block, not on the number of stores. Three passes
 * over the blocks (sum up the chain, measure the trends, forecast and write) on the threads of this machine; several
 * machines run the same passes one by one (score-shards.ts) and write the same bytes.
 */
export async function batchScore(options: BatchScoreOptions): Promise<ScoreReport> {
  const summary = await readLake(options.lake);
  const cutoff = dayNumber(summary.cutoff);
  return replaceFolder(options.out, async (out) => {
    const [seconds, timed] = newClock();
    const inputs = await timed("tables", () => readScoreInputs(options));
    const scorers = await readScorers(options);
    const workFolder = join(out, WORK);
    const forecasts = await withThreadPool(
      { threads: threadsFor(summary.blocks, options.threads) },
      async (pool) => {
        const pass = (what: string, target: string): Pass => {
          mkdirSync(target, { recursive: true });
          const onBlock = (done: number, all: number) =>
            options.onProgress?.(`${what} ${done} of ${all} blocks`);
          return { inputs, blocks: summary.blocks, workFolder, out: target, pool, onBlock };
        };
        const [chain, trends] = [join(workFolder, CHAIN_FILE), join(workFolder, TRENDS_FILE)];
        await timed("sums", async () => {
          await sumPass(pass("read", workFolder));
          reduceChainSums(inputs, blockParts(summary, [workFolder], CHAIN_FILE), chain);
        });
        await timed("trends", async () => {
          await trendPass(pass("measured", workFolder), chain);
          reduceTrendSums(inputs, blockParts(summary, [workFolder], TRENDS_FILE), trends);
        });
        return timed("forecasts", () =>
          forecastPass(pass("forecast", out), scorers, chain, trends, options.onlineRows),
        );
      },
    );
    removeInside(out, WORK);
    return { forecasts, from: isoDate(cutoff + 1), to: isoDate(cutoff + HORIZON_DAYS), seconds };
  });
}

function newClock() {
  const seconds = { tables: 0, sums: 0, trends: 0, forecasts: 0 };
  const timed = async <T>(name: keyof typeof seconds, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - started) / 1000;
    return result;
  };
  return [seconds, timed] as const;
}
