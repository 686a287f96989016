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

  const rejected: [string, (file: ModelFile) => void, RegExp][] = [
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
    ...["", "[]", null, "NaN", "1e999", "1e39"].map((value): (typeof rejected)[number] => [
      `the intercept ${JSON.stringify(value)}`,
      ({ learner }) => (learner.learner_model_param.base_score = value as string),
      /base_score is .*, allowed: a number/,
    ]),
    ...["0", "-0.5", "1e-50"].map((value): (typeof rejected)[number] => [
      `the intercept ${value}, without a logarithm`,
      ({ learner }) => (learner.learner_model_param.base_score = value),
      new RegExp(`base_score is "${value}", allowed: a number above 0 for count:poisson`),
    ]),
    ...["-1", "many", "", null].map((value): (typeof rejected)[number] => [
      `the best iteration ${JSON.stringify(value)}`,
      ({ learner }) => (learner.attributes.best_iteration = value as string),
      /best_iteration is .*, allowed: a whole number from 0/,
    ]),
    ...(
      [
        ["split_conditions", null, /tree 0 has null as split_conditions of node 1, allowed: a number/],
        ["split_conditions", "NaN", /tree 0 has "NaN" as split_conditions/],
        ["base_weights", 1e39, /tree 0 has 1e\+39 as base_weights of node 1, allowed: a number/],
        ["left_children", 2 ** 32 + 1, /tree 0 has 4294967297 as left_children of node 1, allowed: a whole/],
        ["left_children", 1.5, /tree 0 has 1.5 as left_children of node 1, allowed: a whole number/],
        ["default_left", 2, /tree 0 has 2 as default_left of node 1, allowed: 0, 1, false or true/],
        ["right_children", null, /tree 0 has null as right_children/],
      ] as const
    ).map(([key, value, message]): (typeof rejected)[number] => [
      `${JSON.stringify(value)} in ${key}`,
      ({ learner }) => ((learner.gradient_booster.model.trees[0]![key] as unknown[])[1] = value),
      message,
    ]),
    [
      "half a split",
      ({ learner }) => ((learner.gradient_booster.model.trees[0]!.right_children as number[])[0] = -1),
      /tree 0 is not a tree/,
    ],
    [
      "a tree that is none",
      ({ learner }) => ((learner.gradient_booster.model.trees as unknown[])[1] = null),
      /tree 1 is null, allowed: a tree/,
    ],
    [
      "a forest that lost trees",
      ({ learner }) => learner.gradient_booster.model.trees.pop(),
      /num_trees is \d+ and the file has \d+ trees/,
    ],
    [
      "fewer names than features",
      ({ learner }) => ((learner as unknown as Record<string, unknown>).feature_names = ["one"]),
      /feature_names has 1 names, allowed: 8 names/,
    ],
  ];

  for (const [what, change, message] of rejected) {
    it(`rejects ${what}`, () => assert.throws(() => fromXgboostJson(changed(change)), message));
  }

  it("names the field where Python wrote NaN or Infinity, which are not JSON", () => {
    const text = changed(() => {});

    for (const [field, bare] of [
      ["split_conditions", "NaN"],
      ["sum_hessian", "-Infinity"],
    ] as const) {
      const broken = text.replace(new RegExp(`("${field}":\\[[^,\\]]*,)[^,\\]]*`), `$1${bare}`);
      assert.notEqual(broken, text);
      assert.throws(() => fromXgboostJson(broken), {
        message: `XGBoost model: ${field} has ${bare}, allowed: numbers`,
      });
    }
  });

  it("rejects what is not a model", () => {
    assert.throws(() => fromXgboostJson("binf"), {
      message: "XGBoost model: it is not JSON; save it with a name that ends in .json",
    });
    for (const text of ["{}", "null", "[]", "7"])
      assert.throws(() => fromXgboostJson(text), /"learner" is missing/);
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

  it("numbers the nodes anew where pruning left some behind, with the same predictions", async () => {
    const { model } = await trainTrees(countData(2000, 3), {
      objective: "count:poisson",
      rounds: 4,
      maxDepth: 4,
    });
    // The root's left child becomes a leaf, as a pruned one does: what was below it stays in the arrays.
    const pruned = {
      ...model,
      trees: model.trees.map((tree) => {
        const cut = tree.left[0]!;
        const [left, right] = [tree.left.slice(), tree.right.slice()];
        [left[cut], right[cut]] = [-1, -1];
        const value = tree.value.slice();
        value[cut] = tree.weight[cut]!;
        return { ...tree, left, right, value };
      }),
    };
    const written = fromXgboostJson(toXgboostJson(pruned));
    const { features } = countData(500, 4);

    assert.ok(written.trees[0]!.left.length < model.trees[0]!.left.length);
    assert.deepEqual(scoreTrees(written, features), scoreTrees(pruned, features));
    const { left, right } = written.trees[0]!;
    const children = [...left, ...right].filter((node) => node >= 0).sort((a, b) => a - b);
    assert.deepEqual(
      children,
      Array.from({ length: left.length - 1 }, (_, i) => i + 1),
    );
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
