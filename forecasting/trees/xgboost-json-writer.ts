import type { Tree, TreeModel } from "./tree-model";

/** The release whose layout is written: newer ones read it, SageMaker's containers from 1.7-1 on included. */
const VERSION = [1, 7, 4] as const;
/** XGBoost's mark of the root's missing parent. */
const NO_PARENT = 2_147_483_647;

/** Section of the objective's own parameters; XGBoost rejects a file that lacks it. */
const PARAMETER_SECTIONS: Readonly<Record<string, string>> = {
  "count:poisson": "poisson_regression_param",
  "reg:tweedie": "tweedie_regression_param",
  "reg:squarederror": "reg_loss_param",
  "reg:logistic": "reg_loss_param",
  "binary:logistic": "reg_loss_param",
  "reg:squaredlogerror": "reg_loss_param",
  "reg:pseudohubererror": "pseudo_huber_param",
};

/**
 * A float32 as XGBoost writes one: with an exponent, because its reader rejects an integer where it expects a float,
 * and with as many digits as bring back the same float32 (nine always do).
 */
export function formatFloat(value: number): string {
  for (let digits = 5; digits < 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return shorten(text);
  }
  return shorten(value.toExponential(8));
}

/** "1.50000e+0" to "1.5E0". */
function shorten(text: string): string {
  const [mantissa, exponent] = text.split("e");
  const short = mantissa!.includes(".") ? mantissa!.replace(/\.?0+$/, "") : mantissa!;
  return `${short}E${Number(exponent)}`;
}

const floats = (values: Float32Array) => `[${Array.from(values, formatFloat).join(",")}]`;
const integers = (values: ArrayLike<number>) => `[${Array.from(values).join(",")}]`;

function parentsOf(tree: Tree): Int32Array {
  const parents = new Int32Array(tree.left.length).fill(NO_PARENT);
  tree.left.forEach((child, node) => {
    if (child < 0) return;
    parents[child] = node;
    parents[tree.right[node]!] = node;
  });
  return parents;
}

/** The nodes that are reached from the root, in their order; XGBoost rejects a file with others. */
function reachedNodes(tree: Tree): Int32Array {
  const reached = new Uint8Array(tree.left.length);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    reached[node] = 1;
    if (tree.left[node]! >= 0) open.push(tree.left[node]!, tree.right[node]!);
  }
  return Int32Array.from(reached.keys()).filter((node) => reached[node] === 1);
}

/** The tree without the nodes that pruning left behind: the others are numbered anew. */
function withoutPruned(tree: Tree): Tree {
  const nodes = reachedNodes(tree);
  if (nodes.length === tree.left.length) return tree;
  const numbers = new Int32Array(tree.left.length).fill(-1);
  nodes.forEach((node, number) => (numbers[node] = number));
  const renumbered = (children: Int32Array) =>
    nodes.map((node) => (children[node]! < 0 ? -1 : numbers[children[node]!]!));
  const kept = (values: Float32Array) => Float32Array.from(nodes, (node) => values[node]!);
  return {
    left: renumbered(tree.left),
    right: renumbered(tree.right),
    feature: nodes.map((node) => tree.feature[node]!),
    value: kept(tree.value),
    defaultLeft: Uint8Array.from(nodes, (node) => tree.defaultLeft[node]!),
    gain: kept(tree.gain),
    cover: kept(tree.cover),
    weight: kept(tree.weight),
  };
}

/** One tree; the keys stand in alphabetical order, as in XGBoost's own files. */
function treeJson(whole: Tree, id: number, featureCount: number): string {
  const tree = withoutPruned(whole);
  const nodes = tree.left.length;
  const fields = [
    `"base_weights":${floats(tree.weight)}`,
    `"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[]`,
    `"default_left":${integers(tree.defaultLeft)}`,
    `"id":${id}`,
    `"left_children":${integers(tree.left)}`,
    `"loss_changes":${floats(tree.gain)}`,
    `"parents":${integers(parentsOf(tree))}`,
    `"right_children":${integers(tree.right)}`,
    `"split_conditions":${floats(tree.value)}`,
    `"split_indices":${integers(tree.feature)}`,
    `"split_type":${integers(new Uint8Array(nodes))}`,
    `"sum_hessian":${floats(tree.cover)}`,
    `"tree_param":{"num_deleted":"0","num_feature":"${featureCount}","num_nodes":"${nodes}","size_leaf_vector":"0"}`,
  ];
  return `{${fields.join(",")}}`;
}

/** The model as XGBoost's own JSON; trees behind the best round are left out. Equal models give equal bytes. */
export function toXgboostJson(model: TreeModel): string {
  const trees = model.trees.slice(0, model.usedTrees);
  const featureCount = model.featureNames.length;
  const parameters = Object.entries(model.parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const section = PARAMETER_SECTIONS[model.objective];
  const objective = {
    name: model.objective,
    ...(section ? { [section]: Object.fromEntries(parameters) } : {}),
  };
  const learner = [
    `"attributes":{}`,
    `"feature_names":${JSON.stringify(model.featureNames)}`,
    `"feature_types":${JSON.stringify(model.featureNames.map(() => "float"))}`,
    `"gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"${trees.length}",` +
      `"size_leaf_vector":"0"},"tree_info":${integers(new Uint8Array(trees.length))},` +
      `"trees":[${trees.map((tree, id) => treeJson(tree, id, featureCount)).join(",")}]},"name":"gbtree"}`,
    `"learner_model_param":{"base_score":"${formatFloat(Math.fround(model.baseScore))}","boost_from_average":"1",` +
      `"num_class":"0","num_feature":"${featureCount}","num_target":"1"}`,
    `"objective":${JSON.stringify(objective)}`,
  ];
  return `{"learner":{${learner.join(",")}},"version":[${VERSION.join(",")}]}`;
}
