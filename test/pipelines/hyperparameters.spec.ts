import assert from "node:assert/strict";
import { RECIPES } from "../../forecasting/models/boosted-trees";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { DEEPAR_HYPERPARAMETERS, DEEPAR_INFERENCE } from "../../pipelines/deepar";
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

/**
 * What the built-in DeepAR takes by its own page, and the ranges that AWS gives for its tuning where there are some:
 * docs.aws.amazon.com/sagemaker/latest/dg/deepar_hyperparameters.html and deepar-tuning.html
 */
const DEEPAR_TAKES: Readonly<Record<string, (text: string) => boolean>> = {
  ...numbers({
    context_length: [1, 200],
    epochs: [1, 1000],
    prediction_length: [1, Infinity],
    num_layers: [1, 8],
  }),
  ...numbers({ early_stopping_patience: [1, Infinity], mini_batch_size: [32, 1028], num_cells: [30, 200] }),
  ...numbers({
    embedding_dimension: [1, 50],
    num_eval_samples: [1, Infinity],
    num_dynamic_feat: [1, Infinity],
  }),
  learning_rate: (text) => Number(text) >= 1e-5 && Number(text) <= 1e-1,
  dropout_rate: (text) => Number(text) >= 0 && Number(text) <= 0.2,
  time_freq: (text) => /^\d+(M|W|D|H|min)$/.test(text),
  likelihood: (text) =>
    ["gaussian", "beta", "negative-binomial", "student-T", "deterministic-L1"].includes(text),
  cardinality: (text) => /^(auto|ignore|\[\d+(, ?\d+)*\])?$/.test(text),
  test_quantiles: (text) => (JSON.parse(text) as number[]).every((level) => level > 0 && level < 1),
};
const DEEPAR_REQUIRES = ["context_length", "epochs", "prediction_length", "time_freq"];

function numbers(ranges: Readonly<Record<string, readonly [number, number]>>) {
  const checks = Object.entries(ranges).map(([name, [least, most]]) => [
    name,
    (text: string) => Number.isInteger(Number(text)) && Number(text) >= least && Number(text) <= most,
  ]);
  return Object.fromEntries(checks) as Record<string, (text: string) => boolean>;
}

describe("the hyperparameters of DeepAR", () => {
  it("are names and values that its page allows, with all that it requires", () => {
    const given: Readonly<Record<string, string>> = DEEPAR_HYPERPARAMETERS;

    assert.deepEqual(
      Object.entries(given).filter(([name, text]) => DEEPAR_TAKES[name]?.(text) !== true),
      [],
    );
    assert.deepEqual(
      DEEPAR_REQUIRES.filter((name) => given[name] === undefined),
      [],
    );
  });

  it("ask for the days of a forecast, and for the features that a line has", () => {
    assert.equal(DEEPAR_HYPERPARAMETERS.prediction_length, String(HORIZON_DAYS));
    assert.equal(DEEPAR_HYPERPARAMETERS.num_dynamic_feat, "2");
    assert.deepEqual(Object.keys(DEEPAR_INFERENCE), ["num_samples", "output_types", "quantiles"]);
  });
});

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
