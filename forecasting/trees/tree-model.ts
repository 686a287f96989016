/** Objectives that can be scored: the trainable ones and what SageMaker's XGBoost may have been asked for. */
export const SCORABLE_OBJECTIVES = {
  "count:poisson": "exp",
  "reg:tweedie": "exp",
  "reg:gamma": "exp",
  "reg:squarederror": "identity",
  "reg:absoluteerror": "identity",
  "reg:pseudohubererror": "identity",
  "reg:squaredlogerror": "identity",
  "reg:quantileerror": "identity",
  "reg:logistic": "logistic",
  "binary:logistic": "logistic",
} as const;

export type ScorableObjective = keyof typeof SCORABLE_OBJECTIVES;
export type Link = (typeof SCORABLE_OBJECTIVES)[ScorableObjective];

/**
 * One regression tree as parallel arrays over its nodes, node 0 is the root. A row goes left when its value is
 * below the threshold; a missing value follows `defaultLeft`.
 */
export interface Tree {
  /** Left child, -1 at a leaf. */
  readonly left: Int32Array;
  /** Right child, -1 at a leaf. */
  readonly right: Int32Array;
  /** Feature index of the split (0 at a leaf). */
  readonly feature: Int32Array;
  /** Threshold of the split, or at a leaf its value (learning rate included). */
  readonly value: Float32Array;
  /** 1 when a missing value goes left. */
  readonly defaultLeft: Uint8Array;
  /** Loss saved by the split, 0 at a leaf. */
  readonly gain: Float32Array;
  /** Sum of hessians of the training rows in the node. */
  readonly cover: Float32Array;
  /** The node's own best weight, learning rate included. */
  readonly weight: Float32Array;
}

/** A boosted forest with one output. */
export interface TreeModel {
  readonly objective: ScorableObjective;
  readonly featureNames: readonly string[];
  /** Intercept on the scale of the prediction (XGBoost's base_score); not used for rows that bring their own base margin. */
  readonly baseScore: number;
  readonly trees: readonly Tree[];
  /** Objective parameters worth keeping in the file. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Trees that count: early stopping or the file's best_iteration may leave later ones out. */
  readonly usedTrees: number;
}

/** The margin that a prediction of `response` has (the inverse link). */
export function marginOf(link: Link, response: number): number {
  if (link === "exp") return Math.log(response);
  if (link === "logistic") return -Math.log(1 / response - 1);
  return response;
}

/** The prediction of a margin. */
export function responseOf(link: Link, margin: number): number {
  if (link === "exp") return Math.exp(margin);
  if (link === "logistic") return 1 / (1 + Math.exp(-margin));
  return margin;
}
