import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import type { BacktestWindows } from "../../forecasting/evaluation/windows";
import type { Selection } from "../../forecasting/selection/select-forecasters";
import { readChosen } from "../baseline/chosen-file";
import { replaceFolder } from "../engine/files/replace-folder";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { ModelStore } from "../models/model-store";
import { readRowSet } from "../training/row-set";
import { readTrainReport } from "../training/train";
import { type BacktestResult, measureAccuracy, validationDispersions } from "./accuracy";
import { type LiveModels, loadLive } from "./live-models";
import { type ForecastPlot, forecastPlots } from "./plots";
import { type CategoryForecasters, dispersionsOf, scoreRows } from "./scored-rows";
import { SCORED_FILE, writeScoredRows } from "./scored-file";

/** Megabytes for DuckDB; the rows lie beside it as arrays. */
const MEMORY_MEGABYTES = 700;
/** Some 600 bytes a row: a chain of 50 stores is evaluated whole, a larger one by every n-th store (docs/adr/0101). */
const MOST_ROWS = 5_000_000;
const EVALUATION_FILE = "evaluation.json";

export interface EvaluateOptions {
  readonly lake: string;
  /** Folders of `buildFeatures`, `fitBaseline` and `trainModels`. */
  readonly features: string;
  readonly baseline: string;
  readonly models: string | LiveModels;
  /** Folder of the truth of generated data, block=<nnn>/ below it. */
  readonly truth?: string;
  /** Folder of the result, replaced as a whole: evaluation.json and the scored rows as scored.parquet. */
  readonly out: string;
  /** Rows at most; of a larger chain whole stores are left out. @default 5 million */
  readonly mostRows?: number;
}

export interface EvaluateReport {
  readonly rowCount: number;
  /** Origins and days of the hold-out; 0 where the history is too short for one. */
  readonly origins: number;
  readonly days: number;
}

/** What later stages read. */
export interface Evaluation {
  /** Absent when the history was too short to hold days back. */
  readonly accuracy?: BacktestResult;
  /** What all of it was measured on. */
  readonly windows: BacktestWindows;
  /** Stores that were evaluated. */
  readonly storeCount: number;
  /** Spread of the champion's errors by position in CATEGORIES. */
  readonly dispersions: {
    /** From the validation days: what the simulation of the hold-out may know. */
    readonly validation: readonly Dispersion[];
    /** From all evaluation days: what the coming week's forecasts use. */
    readonly published: readonly Dispersion[];
  };
  readonly plots: readonly ForecastPlot[];
  /** The forecaster of each category and demand class, and why. */
  readonly selection: Selection;
}

/** Scores every day after training with every forecaster, and measures them on the hold-out. */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateReport> {
  await distributionReady;
  const { lake, features, baseline, truth, out, mostRows = MOST_ROWS } = options;
  const windows = windowsOf(lake, await readLake(lake));
  return replaceFolder(out, (folder) =>
    withSpillingLake(lake, { folder, memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const range = { from: windows.trainTo + 1, to: windows.cutoff };
      const rows = await readRowSet(database, { features, baseline, truth, ...range, mostRows });
      const scored = scoreRows(rows, await loadForecasters(options.models));
      await writeScoredRows(join(folder, SCORED_FILE), scored);
      const published = dispersionsOf(scored, () => true);
      const evaluation: Evaluation = {
        windows,
        storeCount: new Set(rows.storeIds).size,
        accuracy: await measureAccuracy(database, windows, scored),
        dispersions: { validation: validationDispersions(windows, scored), published },
        plots: await forecastPlots(database, windows, scored, published),
        selection: (await readChosen(baseline)).selection,
      };
      await writeFile(join(folder, EVALUATION_FILE), `${JSON.stringify(evaluation, undefined, 1)}\n`);
      const origins = evaluation.accuracy?.origins.length ?? 0;
      return { rowCount: rows.rowCount, origins, days: windows.holdOutDays };
    }),
  );
}

/** What `evaluate` wrote into a folder. */
export async function readEvaluation(folder: string): Promise<Evaluation> {
  const text = await readFile(join(folder, EVALUATION_FILE), "utf8").catch(() => {
    throw new Error(`${folder} holds no evaluation: there is no ${EVALUATION_FILE}`);
  });
  return JSON.parse(text) as Evaluation;
}

/** The models that serve, and the scaled baseline of each category that was trained. */
async function loadForecasters(models: string | LiveModels): Promise<Map<Category, CategoryForecasters>> {
  // An empty account has none: the baseline is evaluated as it is published.
  if (typeof models !== "string") return loadLive(models);
  const store = new ModelStore(models);
  const { categories } = await readTrainReport(models);
  const forecasters = new Map<Category, CategoryForecasters>();
  for (const { category } of categories) {
    const load = async (role: "champion" | "challenger") => {
      const version = await store.current(role, category);
      return version === undefined ? undefined : store.load(category, version);
    };
    const champion = await load("champion");
    if (!champion) throw new Error(`${models} has no champion of ${category}: train the models again`);
    const challenger = (await load("challenger")) ?? champion;
    forecasters.set(category, { champion, challenger });
  }
  if (forecasters.size === 0) throw new Error(`${models} has no model of ${CATEGORIES.join(", ")}`);
  return forecasters;
}
