import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { isoDate } from "../../forecasting/calendar/day";
import type { BacktestWindows } from "../../forecasting/evaluation/windows";
import type { LabelledRows } from "../../forecasting/models/demand-model";
import type { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { withThreadPool } from "../engine/threads/thread-pool";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { ModelStore } from "../models/model-store";
import { labelledRowsAt, positionsOf, readRowSet } from "./row-set";
import { type CategoryReport, trainCategory } from "./train-category";
import { trainerPool } from "./trainer-pool";

/** Megabytes for DuckDB; the rows lie beside it as arrays. */
const MEMORY_MEGABYTES = 700;

export interface TrainOptions {
  readonly lake: string;
  /** Folders of `buildFeatures` and `fitBaseline`. */
  readonly features: string;
  readonly baseline: string;
  /** Folder of the model store and training.json; replaced as a whole. */
  readonly out: string;
  /** @default 2 */
  readonly threads?: number;
  /** Rows that a category's trees learn from at most. @default 150,000 */
  readonly sampleRows?: number;
  readonly onProgress?: (detail: string) => void;
}

export interface TrainReport {
  /** ISO date of the last day that the models learned from. */
  readonly trainedTo: string;
  readonly categories: readonly CategoryReport[];
}

const SAMPLE_ROWS = 150_000;
/** Of all categories, to stop by and to choose between recipes. */
const VALIDATION_ROWS = 5_000_000;
const TRAINING_FILE = "training.json";

/** Trains champion and challenger of every category that the lake sells, each on its own rows, and stores them. */
export async function trainModels(options: TrainOptions): Promise<TrainReport> {
  const windows = windowsOf(options.lake, await readLake(options.lake));
  return replaceFolder(options.out, (folder) =>
    withSpillingLake(options.lake, { folder, memoryMegabytes: MEMORY_MEGABYTES }, (database) =>
      withThreadPool({ threads: options.threads ?? 2 }, async (pool) => {
        const store = new ModelStore(folder);
        const validate = await readValidation(options, windows, database);
        const categories: CategoryReport[] = [];
        const sold = await soldCategories(database);
        for (const [code, category] of CATEGORIES.entries()) {
          // Also one without a single row to learn from, such as one that has just been launched.
          if (!sold.has(code)) continue;
          const rows = await readTraining(options, windows, database, code);
          const context = { category, rows, ...validate(code), windows, store, pool: trainerPool(pool) };
          categories.push(await trainCategory({ ...context, onProgress: options.onProgress }));
        }
        const report = { trainedTo: isoDate(windows.trainTo), categories };
        await writeFile(join(folder, TRAINING_FILE), `${JSON.stringify(report, undefined, 2)}\n`);
        return report;
      }),
    ),
  );
}

/** Positions in CATEGORIES of what the lake's products belong to. */
export async function soldCategories(database: Database): Promise<Set<number>> {
  const codes = await database.rows<{ code: number }>(
    "SELECT DISTINCT category_code::INTEGER AS code FROM product_codes",
  );
  return new Set(codes.map(({ code }) => code));
}

async function readTraining(
  { features, baseline, sampleRows }: TrainOptions,
  { trainFrom, trainTo }: BacktestWindows,
  database: Database,
  category: number,
): Promise<LabelledRows> {
  const query = { features, baseline, from: trainFrom, to: trainTo, category, labelledOnly: true };
  const rows = await readRowSet(database, { ...query, sampleRows: sampleRows ?? SAMPLE_ROWS });
  return { ...rows.model, units: rows.units };
}

interface Validation {
  readonly validation: LabelledRows;
  /** Day of each validation row. */
  readonly validationDays: Int32Array;
}

/** The days after training that stop it early and choose between recipes; none when the history is short. */
async function readValidation(
  { features, baseline }: TrainOptions,
  { trainTo, validationDays }: BacktestWindows,
  database: Database,
): Promise<(category: number) => Validation> {
  const range = { from: trainTo + 1, to: trainTo + validationDays };
  const all = await readRowSet(database, {
    features,
    baseline,
    ...range,
    labelledOnly: true,
    sampleRows: VALIDATION_ROWS,
  });
  return (category) => {
    const positions = positionsOf(all, (row) => all.categories[row] === category);
    return {
      validation: labelledRowsAt(all, positions),
      validationDays: Int32Array.from(positions, (row) => all.days[row]!),
    };
  };
}

/** What `trainModels` wrote into a folder. */
export async function readTrainReport(folder: string): Promise<TrainReport> {
  const text = await readFile(join(folder, TRAINING_FILE), "utf8").catch(() => {
    throw new Error(`${folder} holds no trained models: there is no ${TRAINING_FILE}`);
  });
  return JSON.parse(text) as TrainReport;
}
