import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { type BlockQueue, takeBlock } from "../engine/threads/block-queue";
import { defineTask, type Report } from "../engine/threads/task";
import { collectBlock } from "./collect-block";
import type { Lacks } from "./completeness";
import { openMasters } from "./open-masters";
import { ForecastMemory } from "./score-block";
import { writeBlock } from "./write-block";

/** Answers into forecasts, on one thread. */
export interface CollectTask {
  readonly lake: string;
  readonly answers: string;
  readonly cutoff: string;
  readonly queue: BlockQueue;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
  /** What ordinary items are multiplied by, one per category; absent where none is. */
  readonly factors?: readonly number[];
  readonly out: string;
}

/** @public a worker thread calls it by name */
export async function collectBlocks(task: CollectTask, report: Report): Promise<Lacks[]> {
  await distributionReady;
  const lookups = task.dispersions.map((dispersion) => new QuantileLookup(dispersion, QUANTILE_LEVELS));
  const database = await openMasters(task.lake);
  const memory = new ForecastMemory(task.factors !== undefined);
  const all: Lacks[] = [];
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const { forecasts, lacks } = await collectBlock(database, { ...task, block }, memory);
      mkdirSync(join(task.out, blockName(block)), { recursive: true });
      await writeBlock(database, forecasts, lookups, task.out, block);
      all.push(lacks);
      report(block);
    }
    return all;
  } finally {
    database.close();
  }
}

export const COLLECT_BLOCKS = defineTask(__filename, collectBlocks);
