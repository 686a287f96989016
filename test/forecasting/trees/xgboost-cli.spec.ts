import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { trainTrees } from "../../../forecasting/trees/train-trees";
import type { TrainableObjective } from "../../../forecasting/trees/tree-options";
import { fromXgboostJson } from "../../../forecasting/trees/xgboost-json-reader";
import { toXgboostJson } from "../../../forecasting/trees/xgboost-json-writer";
import { skipWithout } from "../../support/skip-without";
import { countData, largestDifference, toCsv } from "../../support/tree-data";

const ROWS = 2000;
const OBJECTIVES: readonly TrainableObjective[] = ["count:poisson", "reg:tweedie", "reg:squarederror"];

describe("the real XGBoost (command line)", function () {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const xgboost = (...settings: string[]) =>
    execFileSync("xgboost", [at("train.conf"), "nthread=1", "verbosity=1", ...settings], { stdio: "pipe" });
  const predict = (model: string): number[] => {
    const test = `test:data=${at("rows.csv")}?format=csv&label_column=0`;
    xgboost("task=pred", test, `model_in=${at(model)}`, `name_pred=${at("predictions.txt")}`);
    return readFileSync(at("predictions.txt"), "utf8").trim().split("\n").map(Number);
  };

  before(function () {
    skipWithout(this, "xgboost", "Debian: apt-get install xgboost");
    folder = mkdtempSync(join(tmpdir(), "smartretail-xgboost-"));
    writeFileSync(at("rows.csv"), toCsv(countData(ROWS, 21)));
    writeFileSync(at("train.conf"), `data="${at("rows.csv")}?format=csv&label_column=0"\n`);
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const objective of OBJECTIVES) {
    it(`loads a ${objective} model trained here and predicts the same`, async () => {
      const data = countData(ROWS, 21);
      const { model } = await trainTrees(data, {
        objective,
        rounds: 30,
        maxDepth: 6,
        tweedieVariancePower: 1.3,
      });
      writeFileSync(at("ours.json"), toXgboostJson(model));

      const theirs = predict("ours.json");

      assert.ok(largestDifference(scoreTrees(model, data.features), theirs) < 1e-5);
    });

    it(`trains a ${objective} model that predicts the same here`, () => {
      const { features } = countData(ROWS, 21);
      xgboost("num_round=30", "tree_method=hist", `objective=${objective}`, `model_out=${at("theirs.json")}`);

      const model = fromXgboostJson(readFileSync(at("theirs.json"), "utf8"));

      assert.ok(largestDifference(scoreTrees(model, features), predict("theirs.json")) < 1e-5);
    });
  }

  it("learns as well as the trees here do", async () => {
    const train = countData(ROWS, 21);
    const test = countData(10_000, 22);
    const mean = train.label.reduce((sum, label) => sum + label, 0) / ROWS;
    // XGBoost before 2.0 starts at 0.5 unless told otherwise.
    const start = ["objective=count:poisson", `base_score=${mean}`, "tree_method=hist"];
    const settings = [...start, "num_round=30", "max_depth=4", "eta=0.2"];
    xgboost(...settings, `model_out=${at("theirs.json")}`);
    const theirs = fromXgboostJson(readFileSync(at("theirs.json"), "utf8"));

    const ours = await trainTrees(train, {
      objective: "count:poisson",
      rounds: 30,
      maxDepth: 4,
      learningRate: 0.2,
    });

    const errorOf = (predictions: Float32Array) =>
      predictions.reduce((sum, mean, row) => sum + Math.abs(mean - test.label[row]!), 0);
    const ratio = errorOf(scoreTrees(ours.model, test.features)) / errorOf(scoreTrees(theirs, test.features));
    assert.ok(Math.abs(ratio - 1) < 0.02, `error ${ratio} times XGBoost's`);
  });
});
