import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { CATEGORIES } from "../../contracts/categories";
import { lakePaths } from "../../contracts/lake-layout";
import type { ModelKind } from "../../forecasting/models/demand-model";
import { loadModel } from "../models/model-store";
import { Database, quote } from "../engine/duckdb/database";
import { defineTask, type Report } from "../engine/threads/task";
import { takeBlock, type BlockQueue } from "./block-queue";
import { CellFileReader } from "./cell-block";
import type { NightTables } from "./batch-tables";
import { orderBlock, type OrderTask } from "./order-block";
import { cellFile, WORKER_MEGABYTES } from "./read-blocks-task";
import { ForecastMemory, scoreBlock, type NightModels, type Outlook } from "./score-block";
import { writeBlock } from "./write-block";

/** A model as it lies in the model store. */
export interface ModelFile {
  readonly kind: ModelKind;
  readonly file: string;
}

/** Model files by role, one per category (position in CATEGORIES); a category that sells nothing has none. */
export type NightModelFiles = Readonly<Record<keyof NightModels, readonly (ModelFile | undefined)[]>>;

/** Last pass of a night on one thread: features, baseline, both models, quantiles, and orders where asked for. */
export interface ScoreBlocksTask {
  readonly lake: string;
  readonly tables: NightTables;
  readonly outlook: Outlook;
  readonly models: NightModelFiles;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
  readonly queue: BlockQueue;
  readonly workFolder: string;
  /** Folder of the forecasts. */
  readonly out: string;
  readonly orders?: OrderTask;
}

/** What one thread did. */
export interface ScoredBlocks {
  readonly forecasts: number;
  readonly orderLines: number;
}

function loadModels(files: NightModelFiles): NightModels {
  const load = (file: ModelFile | undefined, category: number) =>
    file && loadModel(file.kind, CATEGORIES[category]!, file.file);
  return { champion: files.champion.map(load), challenger: files.challenger.map(load) };
}

async function openMasters(lake: string): Promise<Database> {
  const database = await Database.open({ memoryMegabytes: WORKER_MEGABYTES, threadCount: 1 });
  for (const table of ["stores", "products"] as const) {
    await database.run(`CREATE TABLE ${table} AS FROM ${quote(lakePaths.master(lake, table))}`);
  }
  return database;
}

export async function scoreBlocks(task: ScoreBlocksTask, report: Report): Promise<ScoredBlocks> {
  await distributionReady;
  const models = loadModels(task.models);
  const lookups = task.dispersions.map((dispersion) => new QuantileLookup(dispersion, QUANTILE_LEVELS));
  const database = await openMasters(task.lake);
  const files = new CellFileReader();
  const memory = new ForecastMemory();
  let forecasts = 0;
  let orderLines = 0;
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const cells = files.read(cellFile(task.workFolder, block));
      const scored = scoreBlock(cells, files.seriesBlock(cells), task.tables, task.outlook, models, memory);
      await writeBlock(database, scored, lookups, task.out, block);
      forecasts += scored.mean.length;
      if (task.orders)
        orderLines += await orderBlock(database, scored, task.orders, task.dispersions, task.out, block);
      report(block);
    }
    return { forecasts, orderLines };
  } finally {
    database.close();
  }
}

export const SCORE_BLOCKS = defineTask(__filename, scoreBlocks);
