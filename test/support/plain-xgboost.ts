/** XGBoost's JSON read without the project's own trees: an outside witness, slow and plain. */
interface PlainTree {
  readonly left_children: readonly number[];
  readonly right_children: readonly number[];
  readonly split_indices: readonly number[];
  readonly split_conditions: readonly number[];
  readonly default_left: readonly number[];
}

interface PlainModel {
  readonly learner: {
    readonly learner_model_param: { readonly base_score: string; readonly num_feature: string };
    readonly gradient_booster: { readonly model: { readonly trees: readonly PlainTree[] } };
    readonly objective: { readonly name: string };
  };
}

/** What the built-in container answers to one line of text/csv. */
export function plainPrediction(modelFile: string, line: string): number {
  const { learner } = JSON.parse(modelFile) as PlainModel;
  const row = line.split(",").map((field) => (field === "" ? NaN : Math.fround(Number(field))));
  const width = Number(learner.learner_model_param.num_feature);
  if (row.length !== width) throw new Error(`the line has ${row.length} fields, the model ${width}`);
  const baseScore = Number(learner.learner_model_param.base_score);
  const isLog = ["count:poisson", "reg:tweedie"].includes(learner.objective.name);
  const leaves = learner.gradient_booster.model.trees.map((tree) => leafOf(tree, row));
  const margin = leaves.reduce((sum, leaf) => sum + leaf, isLog ? Math.log(baseScore) : baseScore);
  return isLog ? Math.exp(margin) : margin;
}

function leafOf(tree: PlainTree, row: readonly number[]): number {
  let node = 0;
  while (tree.left_children[node] !== -1) {
    const value = row[tree.split_indices[node]!]!;
    const goesLeft = Number.isNaN(value)
      ? tree.default_left[node] === 1
      : value < Math.fround(tree.split_conditions[node]!);
    node = (goesLeft ? tree.left_children : tree.right_children)[node]!;
  }
  return tree.split_conditions[node]!;
}
