import type { Category } from "../../contracts/categories";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import type { Tree, TreeModel } from "../trees/tree-model";
import { fromXgboostJson } from "../trees/xgboost-json-reader";
import { toXgboostJson } from "../trees/xgboost-json-writer";
import type { DemandModel, ModelRows } from "./demand-model";

export interface SqlBaselineModel extends DemandModel {
  readonly kind: "sql-baseline";
  /** What the model answers to every row, a 32-bit float as in its file. */
  readonly factor: number;
}

/**
 * The SQL baseline as a model: level x weekday x promotions x weather, scaled by the category's sold / expected of the
 * training rows. Serves new SKUs and stores, and everything when no trees could be trained. Its file is a forest without a
 * split, so an endpoint serves it like any other.
 */
export function sqlBaselineModel(category: Category, scale = 1): SqlBaselineModel {
  const factor = Math.fround(scale);
  return {
    kind: "sql-baseline",
    category,
    factor,
    score: ({ baseline }: ModelRows) => baseline.map((value) => value * factor),
    save: () => toXgboostJson(constantForest(factor)),
  };
}

export function loadSqlBaseline(category: Category, file: string): SqlBaselineModel {
  const { objective, baseScore, trees } = fromXgboostJson(file);
  const isConstant = trees.every(({ left, value }) => left[0] === -1 && value[0] === 0);
  if (objective !== "reg:squarederror" || !isConstant) {
    throw new Error(`model of ${category}: a SQL baseline is a forest without a split, this one has some`);
  }
  return sqlBaselineModel(category, baseScore);
}

/** One leaf of 0 on an intercept of `answer`: XGBoost needs a tree. */
function constantForest(answer: number): TreeModel {
  const leaf: Tree = {
    left: Int32Array.of(-1),
    right: Int32Array.of(-1),
    feature: Int32Array.of(0),
    value: Float32Array.of(0),
    defaultLeft: Uint8Array.of(0),
    gain: Float32Array.of(0),
    cover: Float32Array.of(0),
    weight: Float32Array.of(0),
  };
  return {
    objective: "reg:squarederror",
    featureNames: MODEL_INPUT_NAMES,
    baseScore: answer,
    trees: [leaf],
    parameters: { scale_pos_weight: "1" },
    usedTrees: 1,
  };
}
