import assert from "node:assert/strict";
import { RECIPES } from "../../forecasting/models/boosted-trees";
import { CANDIDATE_HYPERPARAMETERS, TUNED_RANGES, TUNING_METRIC } from "../../pipelines/hyperparameters";

/** Names of the built-in algorithm for those of the recipes here. */
const NAMES: Readonly<Record<string, string>> = {
  objective: "objective",
  tweedieVariancePower: "tweedie_variance_power",
  rounds: "num_round",
  maxDepth: "max_depth",
  learningRate: "eta",
  minChildWeight: "min_child_weight",
  lambda: "lambda",
  subsample: "subsample",
  colsampleByTree: "colsample_bytree",
  maxBins: "max_bin",
  earlyStoppingRounds: "early_stopping_rounds",
  seed: "seed",
};

describe("the hyperparameters of training jobs", () => {
  it("are the challenger's recipe, value by value", () => {
    const recipe = Object.entries(RECIPES.challenger).map(([name, value]) => [NAMES[name], String(value)]);
    const own = ["csv_weights", "eval_metric", "tree_method"];

    const given = Object.entries(CANDIDATE_HYPERPARAMETERS).filter(([name]) => !own.includes(name));
    assert.deepEqual(Object.fromEntries(given), Object.fromEntries(recipe));
  });

  it("are texts, and say that the second column is the weight", () => {
    assert.ok(Object.values(CANDIDATE_HYPERPARAMETERS).every((value) => typeof value === "string"));
    assert.equal(CANDIDATE_HYPERPARAMETERS.csv_weights, "1");
  });

  it("are searched around the recipe's values", () => {
    for (const { Name, MinValue, MaxValue } of [...TUNED_RANGES.continuous, ...TUNED_RANGES.integer]) {
      const value = Number(CANDIDATE_HYPERPARAMETERS[Name]);
      assert.ok(Number(MinValue) < value && value < Number(MaxValue), `${Name} ${value}`);
    }
  });

  it("find their metric in a line as the container logs it", () => {
    const line = "[17]#011train-poisson-nloglik:0.61234#011validation-poisson-nloglik:0.63457";

    assert.equal(new RegExp(TUNING_METRIC.Regex).exec(line)?.[1], "0.63457");
    assert.equal(TUNING_METRIC.Name, `validation:${CANDIDATE_HYPERPARAMETERS.eval_metric}`);
  });
});
