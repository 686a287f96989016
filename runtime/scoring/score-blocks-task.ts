import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { blockName } from "../../contracts/lake-layout";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import type { ServableKind } from "../../forecasting/models/demand-model";
import { defineTask, type Report } from "../engine/threads/task";
import { loadModel } from "../models/load-model";
import { takeBlock } from "../engine/threads/block-queue";
import { CellFileReader } from "./cell-block";
import { OnlineRows } from "./online-rows";
import { openMasters } from "./open-masters";
import { ForecastMemory, type Outlook, scoreBlock, type ScoringModels } from "./score-block";
import { openCells, type PassTask } from "./score-pass";
import type { ScoreTables } from "./score-tables";
import { writeBlock } from "./write-block";

/** A model's kind and file, as they cross to a thread. */
interface ModelFile {
  readonly kind: ServableKind;
  readonly file: string;
}

/** Model files by role, one per category (position in CATEGORIES); a category that was not trained has none. */
export type ModelFiles = Readonly<Record<keyof ScoringModels, readonly (ModelFile | undefined)[]>>;

/** Last pass on one thread: features, baseline, both models and quantiles. */
export interface ScoreBlocksTask extends PassTask {
  readonly scoreTables: ScoreTables;
  readonly outlook: Outlook;
  readonly models: ModelFiles;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
  /** Whether the models' rows are written too, for the online store. */
  readonly writesOnlineRows: boolean;
}

function loadModels(files: ModelFiles): ScoringModels {
  const load = (file: ModelFile | undefined, category: number) =>
    file && loadModel(file.kind, CATEGORIES[category]!, file.file);
  return { champion: files.champion.map(load), challenger: files.challenger.map(load) };
}

/**
 * @returns the number of forecasts that this thread wrote
 * @public a worker thread calls it by name
 */
export async function scoreBlocks(task: ScoreBlocksTask, report: Report): Promise<number> {
  await distributionReady;
  const models = loadModels(task.models);
  const lookups = task.dispersions.map((dispersion) => new QuantileLookup(dispersion, QUANTILE_LEVELS));
  const database = await openMasters(task.lake);
  const files = new CellFileReader();
  const memory = new ForecastMemory();
  let forecasts = 0;
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const cells = await openCells(task, database, files, block);
      const series = files.seriesBlock(cells);
      const online = task.writesOnlineRows ? new OnlineRows() : undefined;
      const scored = scoreBlock(cells, series, task.scoreTables, task.outlook, models, memory, (rows) =>
        online?.add(rows),
      );
      mkdirSync(join(task.out, blockName(block)), { recursive: true });
      await writeBlock(database, scored, lookups, task.out, block);
      await online?.write(task.out, block);
      forecasts += scored.mean.length;
      report(block);
    }
    return forecasts;
  } finally {
    database.close();
  }
}

export const SCORE_BLOCKS = defineTask(__filename, scoreBlocks);
