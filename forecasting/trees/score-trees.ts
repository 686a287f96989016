import { validateMatrix, type FeatureMatrix } from "../feature-matrix";
import { ForestScorer } from "./forest-scorer";
import type { TreeModel } from "./tree-model";

/** Compiling a forest takes some milliseconds, so a model keeps its scorer. */
const scorers = new WeakMap<TreeModel, ForestScorer>();

function scorerOf(model: TreeModel): ForestScorer {
  const known = scorers.get(model);
  if (known) return known;
  const scorer = new ForestScorer(model);
  scorers.set(model, scorer);
  return scorer;
}

/**
 * The columns that the model wants, in its order: found by name, or taken as they are when either side has no names
 * (a model trained from CSV has none).
 */
export function alignFeatures(model: TreeModel, features: FeatureMatrix): FeatureMatrix {
  const expected = model.featureNames;
  if (expected.every((name, i) => features.names[i] === name) && features.names.length === expected.length)
    return features;
  if (expected.every((name, i) => name === `f${i}`)) {
    if (features.columns.length === expected.length) return features;
    throw new Error(
      `features: ${features.columns.length} columns, the model expects ${expected.length} (it has no names)`,
    );
  }
  const missing = expected.filter((name) => !features.names.includes(name));
  if (missing.length > 0) throw new Error(`features: the model expects ${missing.join(", ")}`);
  const columns = expected.map((name) => features.columns[features.names.indexOf(name)]!);
  return { names: expected, rows: features.rows, columns };
}

/**
 * Predictions of the model, one per row. `baseMargin` (link scale) replaces the model's intercept row by row: a model
 * that was trained with starting margins needs them again.
 */
export function scoreTrees(
  model: TreeModel,
  features: FeatureMatrix,
  baseMargin?: Float32Array,
): Float32Array {
  validateMatrix(features);
  if (baseMargin && baseMargin.length !== features.rows) {
    throw new Error(`baseMargin: ${baseMargin.length} values for ${features.rows} rows`);
  }
  const out = new Float32Array(features.rows);
  scorerOf(model).score(alignFeatures(model, features), { begin: 0, end: features.rows }, out, baseMargin);
  return out;
}
