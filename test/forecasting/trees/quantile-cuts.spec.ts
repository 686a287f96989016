import assert from "node:assert/strict";
import fc from "fast-check";
import { MISSING_BIN, writeBins } from "../../../forecasting/trees/binned-matrix";
import { quantileCuts } from "../../../forecasting/trees/quantile-cuts";
import { randomNumbers } from "../../support/tree-data";

function binsOf(column: Float32Array, cuts: Float32Array): Uint8Array {
  const rows = column.length;
  const target = { rows, wordsPerRow: 1, words: new Uint32Array(rows), bins: new Uint8Array(rows) };
  writeBins(target, 0, { names: ["x"], rows, columns: [column] }, [cuts]);
  assert.deepEqual(Array.from(target.words), Array.from(target.bins));
  return target.bins;
}

describe("quantileCuts", () => {
  it("puts a cut between neighbours when there are few distinct values", () => {
    const cuts = quantileCuts(Float32Array.of(3, 1, 2, 1, 3), 5, 255);

    assert.deepEqual(cuts, Float32Array.of(1.5, 2.5));
  });

  it("parts the present values from the missing ones", () => {
    const column = Float32Array.of(7, NaN, 7);

    const cuts = quantileCuts(column, 3, 255);

    assert.equal(cuts.length, 1);
    assert.deepEqual(Array.from(binsOf(column, cuts)), [0, MISSING_BIN, 0]);
  });

  it("has no cut for a constant or an absent feature", () => {
    assert.equal(quantileCuts(Float32Array.of(5, 5), 2, 255).length, 0);
    assert.equal(quantileCuts(Float32Array.of(NaN, NaN), 2, 255).length, 0);
  });

  it("gives bins of about equal weight, and a frequent value a bin of its own", () => {
    const random = randomNumbers(3);
    const column = Float32Array.from({ length: 20_000 }, () => (random() < 0.5 ? 0 : random() + 1));

    const bins = binsOf(column, quantileCuts(column, column.length, 64));

    const counts = new Uint32Array(64);
    for (const bin of bins) counts[bin]!++;
    assert.equal(counts[0], column.filter((value) => value === 0).length);
    const others = Array.from(counts.subarray(1));
    assert.ok(
      Math.max(...others) < 1.5 * Math.min(...others),
      `from ${Math.min(...others)} to ${Math.max(...others)}`,
    );
  });

  it("looks at a sample of many rows and still parts them evenly", () => {
    const random = randomNumbers(4);
    const column = Float32Array.from({ length: 250_000 }, () => random());

    const cuts = quantileCuts(column, column.length, 10);

    cuts.forEach((cut, i) => assert.ok(Math.abs(cut - (i + 1) / 10) < 0.01, `cut ${i} is ${cut}`));
  });

  it("keeps the order of values, and gives a bin per distinct value when there is room", () => {
    const values = fc.array(fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -5, max: 5 })), {
      minLength: 1,
      maxLength: 60,
    });

    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 255 }), (list, maxBins) => {
        const column = Float32Array.from(list);
        const bins = binsOf(column, quantileCuts(column, column.length, maxBins));

        assert.ok(Math.max(...bins) < maxBins);
        for (let i = 0; i < column.length; i++) {
          for (let j = 0; j < column.length; j++) {
            if (column[i]! < column[j]!) assert.ok(bins[i]! <= bins[j]!);
          }
        }
        const distinct = new Set(Array.from(column, (value) => value + 0)).size;
        if (distinct <= maxBins) assert.equal(new Set(bins).size, distinct);
      }),
    );
  });

  it("keeps a bin of its own for missing values", () => {
    assert.deepEqual(Array.from(binsOf(Float32Array.of(NaN, 1, 2), Float32Array.of(1.5))), [
      MISSING_BIN,
      0,
      1,
    ]);
  });
});
