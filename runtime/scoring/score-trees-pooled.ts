import { sharedMatrix, validateMatrix, type FeatureMatrix } from "../../forecasting/feature-matrix";
import { alignFeatures } from "../../forecasting/trees/score-trees";
import type { TreeModel } from "../../forecasting/trees/tree-model";
import type { ThreadPool } from "../engine/threads/thread-pool";

/** Rows per task: some tenths of a second of work at 200 trees. */
const TASK_ROWS = 65_536;

const isShared = (values: Float32Array) => values.buffer instanceof SharedArrayBuffer;

function shared(values: Float32Array): Float32Array {
  if (isShared(values)) return values;
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** Columns that already lie on shared memory go to the threads as they are, others are copied once. */
function sharedFeatures(features: FeatureMatrix): FeatureMatrix {
  if (features.columns.every(isShared)) return features;
  const copy = sharedMatrix(features.names, features.rows);
  features.columns.forEach((column, f) => copy.columns[f]!.set(column));
  return copy;
}

/** `scoreTrees` on all threads of a pool; the predictions are the same. */
export async function scoreTreesPooled(
  pool: ThreadPool,
  model: TreeModel,
  features: FeatureMatrix,
  baseMargin?: Float32Array,
): Promise<Float32Array> {
  validateMatrix(features);
  if (baseMargin && baseMargin.length !== features.rows) {
    throw new Error(`baseMargin: ${baseMargin.length} values for ${features.rows} rows`);
  }
  const columns = sharedFeatures(alignFeatures(model, features));
  const margins = baseMargin && shared(baseMargin);
  const out = new Float32Array(new SharedArrayBuffer(features.rows * 4));
  const taskRows = Math.min(TASK_ROWS, Math.ceil(features.rows / pool.threads));
  const tasks = Array.from({ length: taskRows ? Math.ceil(features.rows / taskRows) : 0 }, (_, task) => {
    const begin = task * taskRows;
    const rows = { begin, end: Math.min(features.rows, begin + taskRows) };
    return { model, features: columns, rows, out, baseMargin: margins };
  });
  await pool.run("scoreRows", tasks);
  return out;
}
