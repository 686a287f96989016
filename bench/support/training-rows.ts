import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LAKE_FEATURE_NAMES } from "../../contracts/model-input";
import { sharedMatrix } from "../../forecasting/feature-matrix";
import type { TrainingData } from "../../forecasting/trees/train-trees";
import { generateLake } from "../../runtime/generate/generate";
import { Database, quote } from "../../runtime/engine/duckdb/database";
import { columnAs } from "../../runtime/engine/duckdb/columns";
import { buildAllFeatures } from "./all-features";

/** Where the benchmarks keep their data; git-ignored. */
export const BENCH_FOLDER = join(__dirname, "..", "..", ".smartretail", "bench");

/** Thirty of the features: all but the last store attribute. */
const BENCH_FEATURES: readonly string[] = LAKE_FEATURE_NAMES.filter((name) => name !== "clientele");

export interface TrainingRows {
  readonly folder: string;
  /** Rows to learn from, and the two weeks after them, each as Parquet and as CSV (label first, no header). */
  readonly train: string;
  readonly test: string;
  readonly trainRows: number;
  readonly testRows: number;
}

const CUTOFF = "2026-11-22";
const FIRST_TEST_DAY = "2026-11-09";

/** Generates a chain, builds its features and samples `rows` of them: 24,000 series, 7 weeks to learn and 2 to evaluate. */
export async function makeTrainingRows(rows: number): Promise<TrainingRows> {
  const folder = join(BENCH_FOLDER, `trees-${rows}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const lake = join(folder, "lake");
  const features = join(folder, "features");
  await generateLake({ out: lake, stores: 40, skus: 600, days: 190, seed: 4, lastDay: CUTOFF, truth: false });
  await buildAllFeatures({ lake, out: features, from: "2026-09-21", to: CUTOFF });
  const database = await Database.open({ memoryMegabytes: 600 });
  try {
    const source = `read_parquet(${quote(`${features}/*/*.parquet`)}, hive_partitioning = false)`;
    const write = async (name: string, where: string, limit: number): Promise<number> => {
      // A hash of the key orders the rows at random, the same in every run.
      await database.run(`CREATE OR REPLACE TEMP TABLE picked AS
        SELECT units, ${BENCH_FEATURES.join(", ")} FROM ${source}
        WHERE units IS NOT NULL AND ${where}
        ORDER BY hash(store_id, sku_id, day) LIMIT ${limit}`);
      await database.run(`COPY picked TO ${quote(join(folder, `${name}.parquet`))} (FORMAT parquet);
        COPY picked TO ${quote(join(folder, `${name}.csv`))} (FORMAT csv, HEADER false)`);
      const [count] = await database.rows<{ rows: number }>("SELECT count(*) AS rows FROM picked");
      return count?.rows ?? 0;
    };
    const trainRows = await write("train", `day < DATE '${FIRST_TEST_DAY}'`, rows);
    const testRows = await write("test", `day >= DATE '${FIRST_TEST_DAY}'`, Math.min(rows, 300_000));
    return { folder, train: join(folder, "train"), test: join(folder, "test"), trainRows, testRows };
  } finally {
    database.close();
  }
}

/** Reads such rows into shared memory. */
export async function readTrainingRows(file: string): Promise<TrainingData> {
  const database = await Database.open({ memoryMegabytes: 300 });
  try {
    const [count] = await database.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${quote(file)}`);
    const features = sharedMatrix(BENCH_FEATURES, count?.rows ?? 0);
    const label = new Float32Array(features.rows);
    let row = 0;
    for await (const batch of database.stream(`FROM ${quote(file)}`)) {
      label.set(columnAs(batch, "units", Float32Array), row);
      BENCH_FEATURES.forEach((name, f) => features.columns[f]!.set(columnAs(batch, name, Float32Array), row));
      row += batch.rowCount;
    }
    return { features, label };
  } finally {
    database.close();
  }
}
