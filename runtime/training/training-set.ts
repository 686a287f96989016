import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { RUN_DOCUMENTS, type TrainingSet } from "../../contracts/run-documents";
import { isoDate } from "../../forecasting/calendar/day";
import { relativeToBaseline } from "../../forecasting/models/boosted-trees";
import type { LabelledRows } from "../../forecasting/models/demand-model";
import type { Database } from "../engine/duckdb/database";
import { writeCsv } from "../engine/duckdb/write-csv";
import { replaceFolder } from "../engine/files/replace-folder";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { readRowSet } from "./row-set";
import { soldCategories } from "./train";

export interface TrainingSetOptions {
  readonly lake: string;
  /** Folders of `buildFeatures` and `fitBaseline`. */
  readonly features: string;
  readonly baseline: string;
  /** Rows of a category at most. */
  readonly rows: number;
  /** Folder of the result (contracts/run-documents.ts); replaced as a whole. */
  readonly out: string;
}

const MEMORY_MEGABYTES = 700;
/** One instance reads all of it: more parts would only be more requests. */
const PART = "part-0.csv";

/** The rows that `trainModels` learns from, as files of the built-in XGBoost. */
export async function writeTrainingSet(options: TrainingSetOptions): Promise<TrainingSet> {
  const { lake, features, baseline } = options;
  const { trainFrom, trainTo, validationDays } = windowsOf(lake, await readLake(lake));
  return replaceFolder(options.out, (out) =>
    withSpillingLake(lake, { folder: out, memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const sold = await soldCategories(database);
      const categories: TrainingSet["categories"][number][] = [];
      for (const [code, category] of CATEGORIES.entries()) {
        if (!sold.has(code)) continue;
        const query = { features, baseline, category: code, labelledOnly: true };
        const write = async (
          channel: "train" | "validation",
          range: { from: number; to: number },
          sampleRows?: number,
        ) => {
          const { model, units } = await readRowSet(database, { ...query, ...range, sampleRows });
          await writeChannel(database, { ...model, units }, join(out, category, channel));
          return units.length;
        };
        categories.push({
          category,
          trainRows: await write("train", { from: trainFrom, to: trainTo }, options.rows),
          validationRows: await write(
            "validation",
            { from: trainTo + 1, to: trainTo + validationDays },
            options.rows,
          ),
        });
      }
      const set: TrainingSet = { trainedTo: isoDate(trainTo), categories };
      await writeFile(join(out, RUN_DOCUMENTS.trainingSet), `${JSON.stringify(set, undefined, 2)}\n`);
      return set;
    }),
  );
}

/** Label, weight, model input. */
async function writeChannel(database: Database, rows: LabelledRows, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (rows.units.length === 0) return;
  const { features, label, weight } = relativeToBaseline(rows);
  const float = (name: string, values: ArrayLike<number>) => ({
    name,
    type: "FLOAT" as const,
    values: values as Float32Array,
  });
  const columns = [
    float("label", label),
    float("weight", weight!),
    ...features.columns.map((values, f) => float(`input_${f}_${MODEL_INPUT_NAMES[f]}`, values)),
  ];
  await writeCsv(database, columns, join(folder, PART));
}
