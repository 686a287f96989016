import assert from "node:assert/strict";
import { SeriesBlockBuilder } from "../../../forecasting/features/series-block";

type Row = readonly [store: number, sku: number, day: number, packed: number];

function build(rows: readonly Row[], chunk = rows.length) {
  const builder = new SeriesBlockBuilder(1);
  for (let from = 0; from < rows.length; from += chunk) {
    const part = rows.slice(from, from + chunk);
    const column = (i: 0 | 1 | 2 | 3) => Int32Array.from(part, (row) => row[i]);
    builder.add(column(0), column(1), column(2), column(3), part.length);
  }
  return builder.finish();
}

describe("SeriesBlockBuilder", () => {
  const rows: Row[] = [
    [1, 1, 10, 2],
    [1, 1, 11, 4],
    [1, 3, 11, 6],
    [2, 1, 5, 8],
    [2, 1, 6, 10],
  ];

  it("finds the series, however the rows are cut into chunks", () => {
    for (const chunk of [1, 2, 3, 5]) {
      const block = build(rows, chunk);

      assert.equal(block.seriesCount, 3);
      assert.deepEqual(Array.from(block.storeIds), [1, 1, 2]);
      assert.deepEqual(Array.from(block.skuIds), [1, 3, 1]);
      assert.deepEqual(Array.from(block.firstDays), [10, 11, 5]);
      assert.deepEqual(Array.from(block.offsets), [0, 2, 3, 5]);
      assert.deepEqual(Array.from(block.packed), [2, 4, 6, 8, 10]);
    }
  });

  it("rejects gaps and rows out of order, naming the series", () => {
    assert.throws(
      () =>
        build([
          [1, 1, 10, 0],
          [1, 1, 12, 0],
        ]),
      /store 1, SKU 1: 2 days from one row to the next/,
    );
    assert.throws(
      () =>
        build([
          [2, 1, 10, 0],
          [1, 1, 10, 0],
        ]),
      /store 1, SKU 1 comes after store 2, SKU 1/,
    );
    assert.throws(
      () =>
        build([
          [1, 1, 10, 0],
          [1, 2, 10, 0],
          [1, 1, 11, 0],
        ]),
      /store 1, SKU 1 comes after/,
    );
  });

  it("takes a block without rows", () => {
    assert.equal(build([], 1).seriesCount, 0);
  });
});
