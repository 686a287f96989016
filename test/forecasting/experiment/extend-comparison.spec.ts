import assert from "node:assert/strict";
import { type Comparison, COMPARISON_SUMS } from "../../../forecasting/experiment/comparison";
import { extendComparison } from "../../../forecasting/experiment/extend-comparison";

const DAYS_MAX = 60;

/** Sums of a store and day say which: 100 times the store and the day of the month. */
function comparison(stores: readonly number[], days: readonly number[]): Comparison {
  const matrix = stores.map((store) => days.map((day) => 100 * store + day));
  return {
    category: "drinks",
    championVersion: "20261001-aaaaaaaa",
    challengerVersion: "20261001-bbbbbbbb",
    cutoff: `2026-11-${days.at(-1)}`,
    stores: stores.map(String),
    days: days.map((day) => `2026-11-${day}`),
    missingDays: [],
    sums: Object.fromEntries(COMPARISON_SUMS.map((name) => [name, matrix])) as unknown as Comparison["sums"],
    cells: { observed: 10 * days.length, stockedOut: 1, championMissing: 0, challengerMissing: 2 },
  };
}

describe("extendComparison", () => {
  const earlier = comparison([1, 2], [10, 11]);

  it("puts every store's day where it belongs, with 0 where a store had none", () => {
    const { stores, days, sums, cells, cutoff } = extendComparison(
      earlier,
      comparison([2, 3], [12]),
      DAYS_MAX,
    );

    assert.deepEqual(
      [stores, days, cutoff],
      [["1", "2", "3"], [10, 11, 12].map((d) => `2026-11-${d}`), "2026-11-12"],
    );
    assert.deepEqual(sums.sales, [
      [110, 111, 0],
      [210, 211, 212],
      [0, 0, 312],
    ]);
    assert.deepEqual(cells, { observed: 30, stockedOut: 2, championMissing: 0, challengerMissing: 4 });
  });

  it("names the days of nights that were not compared", () => {
    const { missingDays } = extendComparison(earlier, comparison([1], [14]), DAYS_MAX);

    assert.deepEqual(missingDays, ["2026-11-12", "2026-11-13"]);
  });

  it("keeps the last days only", () => {
    const { days, sums } = extendComparison(earlier, comparison([1], [12]), 2);

    assert.deepEqual(days, ["2026-11-11", "2026-11-12"]);
    assert.deepEqual(sums.sales[0], [111, 112]);
  });

  it("refuses other versions, and a day twice", () => {
    const other = { ...comparison([1], [12]), challengerVersion: "20261008-cccccccc" };

    assert.throws(() => extendComparison(earlier, other, DAYS_MAX), /different versions/);
    assert.throws(() => extendComparison(earlier, comparison([1], [11]), DAYS_MAX), /2026-11-11 is in both/);
  });
});
