import { sharedMatrix, validateMatrix, type FeatureMatrix } from "../../forecasting/feature-matrix";
import { ForestScorer } from "../../forecasting/trees/forest-scorer";
import { alignFeatures } from "../../forecasting/trees/score-trees";
import type { TreeModel } from "../../forecasting/trees/tree-model";
import { defineTask } from "../../runtime/engine/threads/task";
import type { ThreadPool } from "../../runtime/engine/threads/thread-pool";

interface ScoreRows {
  readonly model: TreeModel;
  /** Columns in the model's order, on shared memory. */
  readonly features: FeatureMatrix;
  readonly rows: { readonly begin: number; readonly end: number };
  /** Takes the predictions, on shared memory. */
  readonly out: Float32Array;
}

/** @public a worker thread calls it by name */
export function scoreRows({ model, features, rows, out }: ScoreRows): void {
  new ForestScorer(model).score(features, rows, out);
}

const SCORE_ROWS = defineTask(__filename, scoreRows);

/** Rows per task: some tenths of a second of work at 200 trees. */
const TASK_ROWS = 65_536;

const isShared = (values: Float32Array) => values.buffer instanceof SharedArrayBuffer;

/** Columns that already lie on shared memory go to the threads as they are, others are copied once. */
function sharedFeatures(features: FeatureMatrix): FeatureMatrix {
  if (features.columns.every(isShared)) return features;
  const copy = sharedMatrix(features.names, features.rows);
  features.columns.forEach((column, f) => copy.columns[f]!.set(column));
  return copy;
}

/** `scoreTrees` on all threads of a pool, as a peer that scores with threads is measured; the predictions are the same. */
export async function scoreTreesPooled(
  pool: ThreadPool,
  model: TreeModel,
  features: FeatureMatrix,
): Promise<Float32Array> {
  validateMatrix(features);
  const columns = sharedFeatures(alignFeatures(model, features));
  const out = new Float32Array(new SharedArrayBuffer(features.rows * 4));
  const taskRows = Math.min(TASK_ROWS, Math.ceil(features.rows / pool.threads));
  const tasks = Array.from({ length: taskRows ? Math.ceil(features.rows / taskRows) : 0 }, (_, task) => {
    const begin = task * taskRows;
    const rows = { begin, end: Math.min(features.rows, begin + taskRows) };
    return { model, features: columns, rows, out };
  });
  await pool.run(SCORE_ROWS, tasks);
  return out;
}
