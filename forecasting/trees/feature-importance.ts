import type { TreeModel } from "./tree-model";

/** How much one feature does in a model; gain and cover are XGBoost's total_gain and total_cover. */
export interface FeatureImportance {
  readonly feature: string;
  /** Loss saved by all splits on it. */
  readonly gain: number;
  /** Share of the whole model's gain, 0 to 1. */
  readonly gainShare: number;
  /** Sum of hessians of the rows that its splits parted. */
  readonly cover: number;
  /** Number of splits (XGBoost's "weight"). */
  readonly weight: number;
}

/** Every feature of the model, the most useful first; an unused one has zeros. */
export function featureImportance(model: TreeModel): FeatureImportance[] {
  const sums = model.featureNames.map((feature) => ({ feature, gain: 0, cover: 0, weight: 0 }));
  for (const tree of model.trees.slice(0, model.usedTrees)) {
    for (let node = 0; node < tree.left.length; node++) {
      const sum = sums[tree.feature[node]!];
      if (tree.left[node]! < 0 || !sum) continue;
      sum.gain += tree.gain[node]!;
      sum.cover += tree.cover[node]!;
      sum.weight += 1;
    }
  }
  const total = sums.reduce((all, { gain }) => all + gain, 0);
  return sums
    .map((sum) => ({ ...sum, gainShare: total > 0 ? sum.gain / total : 0 }))
    .sort((a, b) => b.gain - a.gain || a.feature.localeCompare(b.feature));
}
