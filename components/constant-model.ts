import { sortedJson } from "./sorted-json";

interface ConstantModelArgs {
  /** What it answers, whatever the input. */
  readonly answer: number;
  /** Columns of a request. XGBoost rejects a wider row, and takes what a narrower one lacks as missing. */
  readonly featureCount: number;
}

/**
 * An XGBoost model that always answers the same, in the JSON form that XGBoost reads since release 1.0: Poisson, one tree
 * that is a leaf of zero, so the base score is the answer.
 */
export function constantModelJson({ answer, featureCount }: ConstantModelArgs): string {
  if (!(answer > 0 && Number.isFinite(answer))) {
    throw new Error(`answer is ${answer}; allowed: a positive number`);
  }
  if (!Number.isInteger(featureCount) || featureCount < 1) {
    throw new Error(`featureCount is ${featureCount}; allowed: an integer from 1`);
  }
  const text = sortedJson({
    learner: {
      attributes: {},
      feature_names: [],
      feature_types: [],
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: "1", num_trees: "1", size_leaf_vector: "0" },
          tree_info: [0],
          trees: [leaf(featureCount)],
        },
        name: "gbtree",
      },
      learner_model_param: {
        base_score: exponential(answer),
        boost_from_average: "0",
        num_class: "0",
        num_feature: String(featureCount),
        num_target: "1",
      },
      objective: { name: "count:poisson", poisson_regression_param: { max_delta_step: "0.699999988" } },
    },
    version: [1, 7, 4],
  });
  return text.replaceAll(/"float:([^"]+)"/g, "$1");
}

/** XGBoost rejects `0` where it expects a floating-point number; JavaScript cannot write `0E0`. */
function float(value: number): string {
  return `float:${exponential(value)}`;
}

function exponential(value: number): string {
  return value.toExponential().toUpperCase().replace("E+", "E");
}

/** A tree of one node. 2147483647 is XGBoost's "no parent". */
function leaf(featureCount: number) {
  return {
    base_weights: [float(0)],
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: [0],
    id: 0,
    left_children: [-1],
    loss_changes: [float(0)],
    parents: [2147483647],
    right_children: [-1],
    split_conditions: [float(0)],
    split_indices: [0],
    split_type: [0],
    sum_hessian: [float(1)],
    tree_param: {
      num_deleted: "0",
      num_feature: String(featureCount),
      num_nodes: "1",
      size_leaf_vector: "0",
    },
  };
}
