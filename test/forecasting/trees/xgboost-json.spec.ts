import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { featureImportance } from "../../../forecasting/trees/feature-importance";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { trainTrees } from "../../../forecasting/trees/train-trees";
import { fromXgboostJson } from "../../../forecasting/trees/xgboost-json-reader";
import { formatFloat, toXgboostJson } from "../../../forecasting/trees/xgboost-json-writer";
import { countData, largestDifference, readCsv } from "../../support/tree-data";

/** Models, rows and predictions that the command line of XGBoost 1.7.4 (Debian) wrote. */
const VECTORS = join(__dirname, "..", "..", "vectors", "xgboost");
const vector = (name: string) => readFileSync(join(VECTORS, name), "utf8");

interface ModelFile {
  learner: {
    attributes: Record<string, string>;
    learner_model_param: Record<string, string>;
    objective: Record<string, unknown>;
    gradient_booster: { name: string; model: { trees: Record<string, unknown>[] } };
  };
}

/** The poisson model with a change. */
function changed(change: (file: ModelFile) => void): string {
  const file = JSON.parse(vector("xgboost-1.7.4-count-poisson.json")) as ModelFile;
  change(file);
  return JSON.stringify(file);
}

describe("fromXgboostJson", () => {
  for (const objective of ["count-poisson", "reg-tweedie"]) {
    it(`predicts what XGBoost predicted with its own ${objective} model`, () => {
      const { features } = readCsv(vector("rows.csv"));
      const expected = vector(`xgboost-1.7.4-${objective}.predictions.txt`).trim().split("\n").map(Number);

      const predictions = scoreTrees(fromXgboostJson(vector(`xgboost-1.7.4-${objective}.json`)), features);

      assert.ok(largestDifference(predictions, expected) < 1e-6);
    });
  }

  it("reads base_score as releases before and after 3.1 write it", () => {
    for (const text of ["5E-1", "0.5", "[5E-1]", "[0.5]"]) {
      const file = changed(({ learner }) => (learner.learner_model_param.base_score = text));

      assert.equal(fromXgboostJson(file).baseScore, 0.5);
    }
  });

  it("reads default_left as numbers and as booleans", () => {
    const booleans = changed(({ learner }) => {
      for (const tree of learner.gradient_booster.model.trees) {
        tree.default_left = (tree.default_left as number[]).map(Boolean);
      }
    });

    assert.deepEqual(fromXgboostJson(booleans), fromXgboostJson(changed(() => {})));
  });

  it("uses the trees up to the best iteration", () => {
    const file = changed(({ learner }) => (learner.attributes.best_iteration = "2"));

    assert.equal(fromXgboostJson(file).usedTrees, 3);
  });

  const refused: [string, (file: ModelFile) => void, RegExp][] = [
    [
      "a dart booster",
      ({ learner }) => (learner.gradient_booster.name = "dart"),
      /booster is "dart", allowed: gbtree/,
    ],
    [
      "several classes",
      ({ learner }) => (learner.learner_model_param.num_class = "3"),
      /it has 3 outputs, allowed: one/,
    ],
    ["several targets", ({ learner }) => (learner.learner_model_param.num_target = "2"), /it has 2 outputs/],
    [
      "several intercepts",
      ({ learner }) => (learner.learner_model_param.base_score = "[1E0,2E0]"),
      /base_score has 2 outputs/,
    ],
    [
      "a broken intercept",
      ({ learner }) => (learner.learner_model_param.base_score = "x"),
      /base_score is "x", allowed: a number/,
    ],
    [
      "a ranking objective",
      ({ learner }) => (learner.objective.name = "rank:ndcg"),
      /objective is "rank:ndcg", allowed: count:poisson/,
    ],
    [
      "categorical splits",
      ({ learner }) => ((learner.gradient_booster.model.trees[0]!.split_type as number[])[0] = 1),
      /tree 0 has categorical splits/,
    ],
    [
      "a cycle",
      ({ learner }) => ((learner.gradient_booster.model.trees[0]!.left_children as number[])[1] = 0),
      /tree 0 is not a tree/,
    ],
    [
      "an unknown feature",
      ({ learner }) => ((learner.gradient_booster.model.trees[0]!.split_indices as number[])[0] = 99),
      /tree 0 splits on feature 99 of 8/,
    ],
    [
      "arrays of different lengths",
      ({ learner }) => (learner.gradient_booster.model.trees[0]!.sum_hessian as number[]).pop(),
      /tree 0 has \d+ nodes but \d+ values of cover/,
    ],
  ];

  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => assert.throws(() => fromXgboostJson(changed(change)), message));
  }

  it("refuses what is not a model", () => {
    assert.throws(() => fromXgboostJson("binf"), {
      message: "XGBoost model: it is not JSON; save it with a name that ends in .json",
    });
    assert.throws(() => fromXgboostJson("{}"), /"learner" is missing/);
  });
});

describe("toXgboostJson", () => {
  it("brings back the same model and predictions", async () => {
    const data = countData(1000, 1);
    const { model } = await trainTrees(data, {
      objective: "reg:tweedie",
      rounds: 5,
      tweedieVariancePower: 1.3,
    });

    const text = toXgboostJson(model);

    assert.deepEqual(fromXgboostJson(text), model);
    assert.equal(toXgboostJson(fromXgboostJson(text)), text);
  });

  it("writes every float32 with an exponent and so that it reads back the same", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = formatFloat(value);

        assert.match(text, /^-?\d(\.\d+)?E-?\d+$/);
        assert.equal(Math.fround(Number(text)), value + 0);
      }),
    );
    assert.deepEqual([1, 0.5, 0, -150].map(formatFloat), ["1E0", "5E-1", "0E0", "-1.5E2"]);
  });
});

describe("featureImportance", () => {
  it("puts the features that matter first, and adds up to one", async () => {
    const { model } = await trainTrees(countData(4000, 2), {
      objective: "count:poisson",
      rounds: 10,
      maxDepth: 4,
    });

    const importance = featureImportance(model);

    assert.equal(importance[0]!.feature, "level");
    assert.deepEqual(
      new Set(importance.slice(0, 4).map(({ feature }) => feature)),
      new Set(["level", "promo", "weekday", "sparse"]),
    );
    assert.ok(Math.abs(importance.reduce((sum, { gainShare }) => sum + gainShare, 0) - 1) < 1e-9);
    const splits = model.trees.reduce((sum, tree) => sum + tree.left.filter((child) => child >= 0).length, 0);
    assert.equal(
      importance.reduce((sum, { weight }) => sum + weight, 0),
      splits,
    );
  });

  it("has zeros for a model that never splits", () => {
    const model = { ...fromXgboostJson(changed(() => {})), usedTrees: 0 };

    assert.ok(featureImportance(model).every(({ gainShare, weight }) => gainShare === 0 && weight === 0));
  });
});
