import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constantModelJson } from "../../components/constant-model";
import { skipWithout } from "../support/skip-without";

function predict(model: string, rows: readonly string[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), "constant-model-"));
  try {
    writeFileSync(join(folder, "model.json"), model);
    writeFileSync(join(folder, "rows.txt"), `${rows.join("\n")}\n`);
    const lines = [
      "task = pred",
      'model_in = "model.json"',
      'test:data = "rows.txt"',
      'name_pred = "out.txt"',
    ];
    writeFileSync(join(folder, "predict.conf"), `${lines.join("\n")}\n`);
    execFileSync("xgboost", ["predict.conf"], { cwd: folder, stdio: "pipe" });
    return readFileSync(join(folder, "out.txt"), "utf8").trim().split("\n").map(Number);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("constantModel", () => {
  it("is a model that XGBoost loads and that answers the same for every row", function () {
    skipWithout(this, "xgboost", "Debian: apt-get install xgboost");

    const predictions = predict(constantModelJson({ answer: 1.3, featureCount: 3 }), [
      "0 0:1 1:2 2:3",
      "0 0:-5 1:1000 2:0",
      "0 2:7",
    ]);

    for (const prediction of predictions) assert.ok(Math.abs(prediction - 1.3) < 1e-6, String(prediction));
    assert.equal(predictions.length, 3);
  });

  it("writes floating-point numbers as such: XGBoost rejects integers in their place", () => {
    const text = constantModelJson({ answer: 2, featureCount: 39 });

    assert.match(text, /"base_weights":\[0E0\]/);
    assert.match(text, /"base_score":"2E0"/);
    assert.doesNotMatch(text, /float:/);
  });

  it("rejects an answer that Poisson cannot make", () => {
    for (const answer of [0, -1, Number.NaN, Infinity]) {
      assert.throws(() => constantModelJson({ answer, featureCount: 1 }), {
        message: `answer is ${answer}; allowed: a positive number`,
      });
    }
  });

  it("rejects a width that is none", () => {
    assert.throws(() => constantModelJson({ answer: 1, featureCount: 0 }), {
      message: "featureCount is 0; allowed: an integer from 1",
    });
  });
});
