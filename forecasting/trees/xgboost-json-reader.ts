import { SCORABLE_OBJECTIVES, type ScorableObjective, type Tree, type TreeModel } from "./tree-model";

type Json = Readonly<Record<string, unknown>>;

/** A model file that cannot be scored here; the message is one line for the user. */
export class UnsupportedModelError extends Error {
  public constructor(reason: string) {
    super(`XGBoost model: ${reason}`);
    this.name = "UnsupportedModelError";
  }
}

function objectAt(parent: Json, key: string): Json {
  const value = parent[key];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnsupportedModelError(`"${key}" is missing; expected the JSON that Booster.save_model writes`);
  }
  return value as Json;
}

function arrayAt(parent: Json, key: string, where: string): unknown[] {
  const value = parent[key];
  if (!Array.isArray(value)) throw new UnsupportedModelError(`${where} has no "${key}"`);
  return value;
}

/** A number that XGBoost keeps as text, such as "0". */
function numberAt(parent: Json, key: string, fallback: number): number {
  const value = parent[key];
  return value === undefined ? fallback : Number(value);
}

/** Releases before 3.1 write "5E-1", later ones "[5E-1]" with one value per output. */
function parseBaseScore(text: unknown): number {
  const values = String(text)
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map(Number);
  if (values.length > 1)
    throw new UnsupportedModelError(`base_score has ${values.length} outputs, allowed: one`);
  if (values.length === 0 || !Number.isFinite(values[0])) {
    throw new UnsupportedModelError(`base_score is ${JSON.stringify(text)}, allowed: a number`);
  }
  return Math.fround(values[0]!);
}

function parseObjective(name: unknown): ScorableObjective {
  if (typeof name === "string" && Object.hasOwn(SCORABLE_OBJECTIVES, name)) return name as ScorableObjective;
  const allowed = Object.keys(SCORABLE_OBJECTIVES).join(", ");
  throw new UnsupportedModelError(`objective is ${JSON.stringify(name)}, allowed: ${allowed}`);
}

/** Refuses what one sum of plain trees per row cannot express. */
function refuseUnsupported(booster: Json, shape: Json): void {
  if (booster.name !== "gbtree") {
    throw new UnsupportedModelError(`booster is ${JSON.stringify(booster.name)}, allowed: gbtree`);
  }
  const outputs = Math.max(numberAt(shape, "num_class", 0), numberAt(shape, "num_target", 1));
  if (outputs > 1) throw new UnsupportedModelError(`it has ${outputs} outputs, allowed: one`);
}

/** Every node is reached once from the root, and every split is on a feature that exists. */
function validateShape(tree: Tree, featureCount: number, where: string): void {
  const seen = new Uint8Array(tree.left.length);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!(node >= 0 && node < seen.length) || seen[node]) {
      throw new UnsupportedModelError(
        `${where} is not a tree: it comes to node ${node} twice or outside of its nodes`,
      );
    }
    seen[node] = 1;
    if (tree.left[node]! < 0) continue;
    if (tree.feature[node]! >= featureCount) {
      throw new UnsupportedModelError(`${where} splits on feature ${tree.feature[node]} of ${featureCount}`);
    }
    open.push(tree.left[node]!, tree.right[node]!);
  }
}

function parseTree(json: Json, featureCount: number, where: string): Tree {
  if (numberAt(objectAt(json, "tree_param"), "size_leaf_vector", 0) > 1) {
    throw new UnsupportedModelError(`${where} has vector leaves, allowed: one value per leaf`);
  }
  const hasCategories = Array.isArray(json.categories) && json.categories.length > 0;
  const splitTypes = Array.isArray(json.split_type) ? json.split_type : [];
  if (hasCategories || splitTypes.some((type) => Number(type) !== 0)) {
    throw new UnsupportedModelError(`${where} has categorical splits, allowed: numerical ones`);
  }
  const numbers = (key: string) => arrayAt(json, key, where).map(Number);
  const tree: Tree = {
    left: Int32Array.from(numbers("left_children")),
    right: Int32Array.from(numbers("right_children")),
    feature: Int32Array.from(numbers("split_indices")),
    value: Float32Array.from(numbers("split_conditions")),
    defaultLeft: Uint8Array.from(numbers("default_left")),
    gain: Float32Array.from(numbers("loss_changes")),
    cover: Float32Array.from(numbers("sum_hessian")),
    weight: Float32Array.from(numbers("base_weights")),
  };
  const nodes = tree.left.length;
  for (const [key, values] of Object.entries(tree) as [string, Float32Array][]) {
    if (values.length !== nodes) {
      throw new UnsupportedModelError(`${where} has ${nodes} nodes but ${values.length} values of ${key}`);
    }
  }
  validateShape(tree, featureCount, where);
  return tree;
}

/** Objective parameters are kept as they are ("tweedie_regression_param" and the like hold texts). */
function parseParameters(objective: Json): Record<string, string> {
  const sections = Object.values(objective).filter((value) => typeof value === "object" && value !== null);
  return Object.fromEntries(
    sections.flatMap((section) =>
      Object.entries(section as Json).map(([key, value]) => [key, String(value)]),
    ),
  );
}

/** Early stopping leaves the trees after the best round in the file, and an attribute; SageMaker serves up to there too. */
function usedTreesOf(learner: Json, trees: number, treesPerRound: number): number {
  const attributes = (learner.attributes ?? {}) as Json;
  if (attributes.best_iteration === undefined) return trees;
  return Math.min(trees, (Number(attributes.best_iteration) + 1) * treesPerRound);
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new UnsupportedModelError("it is not JSON; save it with a name that ends in .json");
  }
}

/** Reads a model that XGBoost 1.7 to 3.x, SageMaker's containers or `toXgboostJson` wrote. */
export function fromXgboostJson(text: string): TreeModel {
  const learner = objectAt(parseJson(text), "learner");
  const booster = objectAt(learner, "gradient_booster");
  const shape = objectAt(learner, "learner_model_param");
  const objective = objectAt(learner, "objective");
  refuseUnsupported(booster, shape);
  const forest = objectAt(booster, "model");
  const featureCount = numberAt(shape, "num_feature", 0);
  const names = (Array.isArray(learner.feature_names) ? learner.feature_names : []) as string[];
  const treesPerRound = numberAt(objectAt(forest, "gbtree_model_param"), "num_parallel_tree", 1);
  const trees = arrayAt(forest, "trees", "the file").map((tree, id) =>
    parseTree(tree as Json, featureCount, `tree ${id}`),
  );
  return {
    objective: parseObjective(objective.name),
    featureNames: names.length > 0 ? names : Array.from({ length: featureCount }, (_, i) => `f${i}`),
    baseScore: parseBaseScore(shape.base_score),
    trees,
    parameters: parseParameters(objective),
    usedTrees: usedTreesOf(learner, trees.length, treesPerRound),
  };
}
