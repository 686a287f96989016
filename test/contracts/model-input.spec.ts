import assert from "node:assert/strict";
import {
  BASELINE_FEATURE_NAMES,
  LAKE_FEATURE_NAMES,
  MODEL_INPUT,
  MODEL_INPUT_NAMES,
  modelInputCsv,
} from "../../contracts/model-input";

describe("the model input", () => {
  it("is the lake's features and then the baseline's, each once", () => {
    assert.deepEqual(MODEL_INPUT_NAMES, [...LAKE_FEATURE_NAMES, ...BASELINE_FEATURE_NAMES]);
    assert.equal(new Set(MODEL_INPUT_NAMES).size, 39);
    assert.ok(MODEL_INPUT.every(({ meaning }) => meaning !== ""));
  });

  it("is text in which every float comes back as it was, and a missing value is an empty field", () => {
    const row = Float32Array.from(MODEL_INPUT, (_, i) => (i === 8 ? NaN : (i - 20) / 3));

    const fields = modelInputCsv(row).split(",");

    assert.equal(fields[8], "");
    assert.deepEqual(
      Float32Array.from(fields, (text) => (text === "" ? NaN : Number(text))),
      row,
    );
  });

  it("has no row of another width", () => {
    assert.throws(() => modelInputCsv(new Float32Array(31)), {
      message: "row has 31 values; allowed: 39, one per column of the model input",
    });
  });
});
