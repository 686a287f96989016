import assert from "node:assert/strict";
import { sharedMatrix, validateMatrix } from "../../forecasting/feature-matrix";

describe("FeatureMatrix", () => {
  it("lays shared columns on memory that threads can share", () => {
    const matrix = sharedMatrix(["a"], 3);

    assert.ok(matrix.columns[0]!.buffer instanceof SharedArrayBuffer);
    assert.equal(matrix.columns[0]!.length, 3);
  });

  it("names what does not fit together", () => {
    const column = new Float32Array(2);

    assert.throws(() => validateMatrix({ names: ["a"], rows: 2, columns: [column, column] }), {
      message: "features: 1 names but 2 columns",
    });
    assert.throws(() => validateMatrix({ names: ["a", "a"], rows: 2, columns: [column, column] }), {
      message: 'features: the name "a" occurs twice',
    });
    assert.throws(() => validateMatrix({ names: ["a"], rows: 3, columns: [column] }), {
      message: "features: a has 2 values, expected 3",
    });
  });
});
