import type { FeatureMatrix } from "../feature-matrix";
import type { Category } from "../../contracts/categories";
import { unitsOfAnswer } from "../../contracts/model-input";
import { scoreTrees } from "../trees/score-trees";
import { trainTrees, type TrainerPool, type TrainingData } from "../trees/train-trees";
import type { TreeModel } from "../trees/tree-model";
import type { TreeOptions } from "../trees/tree-options";
import { fromXgboostJson } from "../trees/xgboost-json-reader";
import { toXgboostJson } from "../trees/xgboost-json-writer";
import type { DemandModel, LabelledRows, ModelRows } from "./demand-model";

/**
 * Trees that learn what the SQL baseline gets wrong. Training on units / baseline with the baseline as the row's weight
 * is, for a log-link count loss, the same as starting from log(baseline) as a margin:
 * w (e^f - y/b f) with w = b is b e^f - y f. So the file needs no margins: SageMaker's built-in XGBoost can train it
 * (csv_weights=1) and serve it, and a forecast is the baseline times what the model answers (docs/adr/0030).
 */
export interface BoostedTrees extends DemandModel {
  readonly kind: "boosted-trees";
  readonly trees: TreeModel;
}

function boostedTrees(category: Category, trees: TreeModel): BoostedTrees {
  return {
    kind: "boosted-trees",
    category,
    trees,
    score: (rows: ModelRows) => timesBaseline(scoreTrees(trees, rows.features), rows.baseline),
    save: () => toXgboostJson(trees),
  };
}

export const loadBoostedTrees = (category: Category, file: string): BoostedTrees =>
  boostedTrees(category, fromXgboostJson(file));

/** The trees' answer is a factor on the baseline. */
export function timesBaseline(factors: Float32Array, baseline: Float32Array): Float32Array {
  return factors.map((factor, row) => unitsOfAnswer(factor, baseline[row]!));
}

/** Units as a multiple of the baseline, weighted by it. */
export function relativeToBaseline(rows: LabelledRows): TrainingData {
  return {
    features: rows.features,
    label: rows.units.map((units, row) => units / rows.baseline[row]!),
    weight: rows.baseline,
  };
}

export interface BoostedTreesTraining {
  readonly model: BoostedTrees;
  /** Trees kept: the round with the best validation loss. */
  readonly bestRound: number;
  /** Validation loss of each round, empty without a validation set. */
  readonly losses: readonly number[];
}

export async function trainBoostedTrees(
  category: Category,
  rows: LabelledRows,
  options: TreeOptions,
  validation?: LabelledRows,
  pool?: TrainerPool,
): Promise<BoostedTreesTraining> {
  const result = await trainTrees(
    relativeToBaseline(rows),
    options,
    validation && relativeToBaseline(validation),
    pool,
  );
  return {
    model: boostedTrees(category, result.model),
    bestRound: result.bestRound,
    losses: result.rounds.flatMap(({ validationLoss }) => validationLoss ?? []),
  };
}

/**
 * Two recipes that differ in loss, depth and learning rate. Champion serves, challenger is scored beside it. Both
 * are strongly regularised, for the baseline leaves little to learn: settings were compared on days before any hold-out.
 */
export const RECIPES = {
  champion: {
    objective: "count:poisson",
    rounds: 120,
    maxDepth: 4,
    learningRate: 0.08,
    minChildWeight: 200,
    lambda: 30,
    subsample: 0.8,
    colsampleByTree: 0.5,
    maxBins: 128,
    earlyStoppingRounds: 10,
    seed: 1,
  },
  challenger: {
    objective: "reg:tweedie",
    tweedieVariancePower: 1.2,
    rounds: 120,
    maxDepth: 6,
    learningRate: 0.06,
    minChildWeight: 150,
    lambda: 50,
    subsample: 0.7,
    colsampleByTree: 0.5,
    maxBins: 128,
    earlyStoppingRounds: 10,
    seed: 2,
  },
} as const satisfies Record<string, TreeOptions>;

/** Rows by position: what a sample or one category keeps of a larger set. */
export function takeRows(matrix: FeatureMatrix, positions: ArrayLike<number>): FeatureMatrix {
  return {
    names: matrix.names,
    rows: positions.length,
    columns: matrix.columns.map((column) => Float32Array.from(positions, (row) => column[row]!)),
  };
}
