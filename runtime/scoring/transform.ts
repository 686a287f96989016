import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromXgboostJson } from "../../forecasting/trees/xgboost-json-reader";
import { scoreTrees } from "../../forecasting/trees/score-trees";
import type { TreeModel } from "../../forecasting/trees/tree-model";
import { columnAs } from "../engine/duckdb/columns";
import { CSV_BUFFERS } from "../engine/duckdb/csv-buffers";
import { Database, quote } from "../engine/duckdb/database";
import { tableOfRows } from "../engine/duckdb/write-rows";
import { replaceFile } from "../engine/files/replace-file";
import { type BlockQueue, newBlockQueue, takeBlock, threadsFor } from "../engine/threads/block-queue";
import { defineTask } from "../engine/threads/task";
import { withThreadPool } from "../engine/threads/thread-pool";
import { WORKER_MEGABYTES } from "./score-pass";

export interface TransformOptions {
  /** Folder of CSV files without a header. */
  readonly input: string;
  /** One `<file>.out` for each file. */
  readonly out: string;
  /** XGBoost's JSON. */
  readonly model: string;
  /** First column that the model sees, and columns of the result; -1 is the answer. */
  readonly firstInput: number;
  readonly output: readonly number[];
  /** @default 2 */
  readonly threads?: number;
}

/** What Batch Transform with the built-in XGBoost does to a folder of CSV files: each row joined with the model's answer. */
export async function transform(options: TransformOptions): Promise<{ readonly rows: number }> {
  const files = readdirSync(options.input, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .sort();
  if (files.length === 0) throw new Error(`${options.input} holds no CSV file: nothing to transform`);
  const positions = files.map((_, i) => i);
  const task = { ...options, files, queue: newBlockQueue(positions) };
  const counts = await withThreadPool({ threads: threadsFor(positions, options.threads) }, (pool) =>
    pool.run(
      TRANSFORM_FILES,
      Array.from({ length: pool.threads }, () => task),
    ),
  );
  return { rows: counts.reduce((sum, count) => sum + count, 0) };
}

interface TransformTask extends TransformOptions {
  readonly files: readonly string[];
  readonly queue: BlockQueue;
}

/** @public a worker thread calls it by name */
export async function transformFiles(task: TransformTask): Promise<number> {
  const model = fromXgboostJson(task.model);
  const database = await Database.open({ memoryMegabytes: WORKER_MEGABYTES, threadCount: 1 });
  let rows = 0;
  try {
    for (let at = takeBlock(task.queue); at !== undefined; at = takeBlock(task.queue)) {
      rows += await transformFile(database, task, model, task.files[at]!);
    }
    return rows;
  } finally {
    database.close();
  }
}

const TRANSFORM_FILES = defineTask(__filename, transformFiles);

const column = (position: number) => `c${position}`;

async function transformFile(
  database: Database,
  { input, out, firstInput, output }: TransformTask,
  model: TreeModel,
  file: string,
): Promise<number> {
  const width = firstInput + model.featureNames.length;
  const names = Array.from({ length: width }, (_, i) => column(i));
  // What is passed through stays the text that it is.
  const types = names.map((name, i) => `${name}: '${i < firstInput ? "VARCHAR" : "FLOAT"}'`);
  await database.run(
    `CREATE TABLE given AS FROM read_csv(${quote(join(input, file))}, header = false, delim = ',', columns = {${types.join(", ")}}, ${CSV_BUFFERS})`,
  );
  const batch = await database.columns(`SELECT ${names.slice(firstInput).join(", ")} FROM given`);
  const columns = names.slice(firstInput).map((name) => columnAs(batch, name, Float32Array));
  const values = scoreTrees(model, { names: model.featureNames, rows: batch.rowCount, columns });
  await tableOfRows(database, "answers", [{ name: "answer", type: "FLOAT", values }]);
  const chosen = output.map((position) => (position === -1 ? "answer" : column(position)));
  const target = join(out, `${file}.out`);
  mkdirSync(dirname(target), { recursive: true });
  await replaceFile(target, (part) =>
    database.run(
      `COPY (SELECT ${chosen.join(", ")} FROM given POSITIONAL JOIN answers) TO ${quote(part)} (FORMAT csv, HEADER false)`,
    ),
  );
  await database.run("DROP TABLE given; DROP TABLE answers;");
  return batch.rowCount;
}
