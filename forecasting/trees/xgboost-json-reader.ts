import { SCORABLE_OBJECTIVES, type ScorableObjective, type Tree, type TreeModel } from "./tree-model";

type Json = Readonly<Record<string, unknown>>;

/** A model file that cannot be scored here; the message is one line for the user. */
class UnsupportedModelError extends Error {
  public constructor(reason: string) {
    super(`XGBoost model: ${reason}`);
    this.name = "UnsupportedModelError";
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectAt(parent: unknown, key: string): Json {
  const value = isObject(parent) ? parent[key] : undefined;
  if (isObject(value)) return value;
  throw new UnsupportedModelError(`"${key}" is missing; expected the JSON that Booster.save_model writes`);
}

function arrayAt(parent: Json, key: string, where: string): unknown[] {
  const value = parent[key];
  if (!Array.isArray(value)) throw new UnsupportedModelError(`${where} has no "${key}"`);
  return value;
}

/** A whole number that XGBoost keeps as text, such as "0". */
function wholeNumberAt(parent: Json, key: string, fallback: number, lowest = 0): number {
  const value = parent[key];
  if (value === undefined) return fallback;
  const isText = typeof value === "string" && /^\d+$/.test(value);
  const number = isText || typeof value === "number" ? Number(value) : NaN;
  if (Number.isSafeInteger(number) && number >= lowest) return number;
  throw new UnsupportedModelError(
    `${key} is ${JSON.stringify(value)}, allowed: a whole number from ${lowest}`,
  );
}

/** Releases before 3.1 write "5E-1", later ones "[5E-1]" with one value per output. */
function parseBaseScore(text: unknown, objective: ScorableObjective): number {
  const values = (typeof text === "number" ? String(text) : typeof text === "string" ? text : "")
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((value) => (value.trim() === "" ? NaN : Number(value)));
  if (values.length > 1)
    throw new UnsupportedModelError(`base_score has ${values.length} outputs, allowed: one`);
  // What is scored with: 1e39 is infinite as a float32, and 1e-50 is zero.
  const value = Math.fround(values[0]!);
  const reject = (allowed: string) => {
    throw new UnsupportedModelError(`base_score is ${JSON.stringify(text)}, allowed: ${allowed}`);
  };
  if (!Number.isFinite(value)) reject("a number");
  const link = SCORABLE_OBJECTIVES[objective];
  if (link === "exp" && value <= 0) reject(`a number above 0 for ${objective}`);
  if (link === "logistic" && !(value > 0 && value < 1)) reject(`a number between 0 and 1 for ${objective}`);
  return value;
}

function parseObjective(name: unknown): ScorableObjective {
  if (typeof name === "string" && Object.hasOwn(SCORABLE_OBJECTIVES, name)) return name as ScorableObjective;
  const allowed = Object.keys(SCORABLE_OBJECTIVES).join(", ");
  throw new UnsupportedModelError(`objective is ${JSON.stringify(name)}, allowed: ${allowed}`);
}

/** Rejects what one sum of plain trees per row cannot express. */
function rejectUnsupported(booster: Json, shape: Json): void {
  if (booster.name !== "gbtree") {
    throw new UnsupportedModelError(`booster is ${JSON.stringify(booster.name)}, allowed: gbtree`);
  }
  const outputs = Math.max(wholeNumberAt(shape, "num_class", 0), wholeNumberAt(shape, "num_target", 1));
  if (outputs > 1) throw new UnsupportedModelError(`it has ${outputs} outputs, allowed: one`);
}

/** XGBoost's numbers are float32: a larger one would be infinite where it is scored. */
const isFloat = (value: unknown) => typeof value === "number" && Number.isFinite(Math.fround(value));
const isInteger = (value: unknown) => typeof value === "number" && (value | 0) === value;
const isFlag = (value: unknown) => value === 0 || value === 1 || typeof value === "boolean";

/** An array of which every value is allowed: null, text and what JSON cannot hold are not numbers. */
function numbersAt(
  json: Json,
  key: string,
  where: string,
  isAllowed: (value: unknown) => boolean,
  allowed: string,
): number[] {
  const values = arrayAt(json, key, where);
  const wrong = values.findIndex((value) => !isAllowed(value));
  if (wrong < 0) return values.map(Number);
  throw new UnsupportedModelError(
    `${where} has ${JSON.stringify(values[wrong])} as ${key} of node ${wrong}, allowed: ${allowed}`,
  );
}

/** No node is reached twice from the root, and every split is on a feature that exists. Pruned nodes are not reached. */
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
    if (tree.left[node]! < 0 && tree.right[node]! < 0) continue;
    if (!(tree.feature[node]! >= 0 && tree.feature[node]! < featureCount)) {
      throw new UnsupportedModelError(`${where} splits on feature ${tree.feature[node]} of ${featureCount}`);
    }
    open.push(tree.left[node]!, tree.right[node]!);
  }
}

function parseTree(json: unknown, featureCount: number, where: string): Tree {
  if (!isObject(json))
    throw new UnsupportedModelError(`${where} is ${JSON.stringify(json)}, allowed: a tree`);
  if (wholeNumberAt(objectAt(json, "tree_param"), "size_leaf_vector", 0) > 1) {
    throw new UnsupportedModelError(`${where} has vector leaves, allowed: one value per leaf`);
  }
  const hasCategories = Array.isArray(json.categories) && json.categories.length > 0;
  const splitTypes = Array.isArray(json.split_type) ? json.split_type : [];
  if (hasCategories || splitTypes.some((type) => Number(type) !== 0)) {
    throw new UnsupportedModelError(`${where} has categorical splits, allowed: numerical ones`);
  }
  const numbers = (key: string) => numbersAt(json, key, where, isFloat, "a number");
  const wholeNumbers = (key: string) => numbersAt(json, key, where, isInteger, "a whole number");
  const tree: Tree = {
    left: Int32Array.from(wholeNumbers("left_children")),
    right: Int32Array.from(wholeNumbers("right_children")),
    feature: Int32Array.from(wholeNumbers("split_indices")),
    value: Float32Array.from(numbers("split_conditions")),
    defaultLeft: Uint8Array.from(numbersAt(json, "default_left", where, isFlag, "0, 1, false or true")),
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
  return Math.min(trees, (wholeNumberAt(attributes, "best_iteration", 0) + 1) * treesPerRound);
}

/** The names of the features in order; a file without names has f0, f1, … */
function parseNames(names: unknown, featureCount: number): string[] {
  if (names === undefined || (Array.isArray(names) && names.length === 0)) {
    return Array.from({ length: featureCount }, (_, i) => `f${i}`);
  }
  const isList = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (isList && names.length === featureCount) return names as string[];
  throw new UnsupportedModelError(
    `feature_names has ${isList ? `${names.length} names` : JSON.stringify(names).slice(0, 40)}, allowed: ${featureCount} names`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Only such a value stands right behind a key, a bracket or a comma.
    const bare = /(?:"(\w+)":\s*)(?:\[[^\][{}"]*?)?(-?(?:NaN|nan|Infinity|inf))\b/.exec(text);
    if (bare) throw new UnsupportedModelError(`${bare[1]} has ${bare[2]}, allowed: numbers`);
    throw new UnsupportedModelError("it is not JSON; save it with a name that ends in .json");
  }
}

/** Reads a model that XGBoost 1.7 to 3.x, SageMaker's containers or `toXgboostJson` wrote. */
export function fromXgboostJson(text: string): TreeModel {
  const learner = objectAt(parseJson(text), "learner");
  const booster = objectAt(learner, "gradient_booster");
  const shape = objectAt(learner, "learner_model_param");
  const objective = objectAt(learner, "objective");
  rejectUnsupported(booster, shape);
  const forest = objectAt(booster, "model");
  const featureCount = wholeNumberAt(shape, "num_feature", 0);
  const size = objectAt(forest, "gbtree_model_param");
  const treesPerRound = wholeNumberAt(size, "num_parallel_tree", 1, 1);
  const trees = arrayAt(forest, "trees", "the file").map((tree, id) =>
    parseTree(tree, featureCount, `tree ${id}`),
  );
  const treeCount = wholeNumberAt(size, "num_trees", trees.length);
  if (treeCount !== trees.length) {
    throw new UnsupportedModelError(`num_trees is ${treeCount} and the file has ${trees.length} trees`);
  }
  const name = parseObjective(objective.name);
  return {
    objective: name,
    featureNames: parseNames(learner.feature_names, featureCount),
    baseScore: parseBaseScore(shape.base_score, name),
    trees,
    parameters: parseParameters(objective),
    usedTrees: usedTreesOf(learner, trees.length, treesPerRound),
  };
}
