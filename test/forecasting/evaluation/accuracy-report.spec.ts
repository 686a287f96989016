import assert from "node:assert/strict";
import {
  accuracyByLevel,
  accuracyOf,
  NAIVE_NAME,
  selectCells,
} from "../../../forecasting/evaluation/accuracy-report";
import { aggregate, type BacktestCells, LEVELS } from "../../../forecasting/evaluation/aggregate";
import { seriesAccuracy } from "../../../forecasting/evaluation/series-accuracy";

/** 2 stores x 3 SKUs x 14 days, without the cells of store 2, SKU 3 in the second week. */
function exampleCells(): BacktestCells {
  const keys: [number, number, number][] = [];
  for (const store of [1, 2])
    for (const sku of [1, 2, 3])
      for (let day = 100; day < 114; day++)
        if (!(store === 2 && sku === 3 && day >= 107)) keys.push([store, sku, day]);
  const actual = keys.map(([store, sku, day]) => (store * sku + day) % 5);
  return {
    storeIds: Int32Array.from(keys, ([store]) => store),
    skuIds: Int32Array.from(keys, ([, sku]) => sku),
    days: Int32Array.from(keys, ([, , day]) => day),
    categories: Int32Array.from(keys, ([, sku]) => (sku === 3 ? 1 : 0)),
    actual,
    forecasts: { champion: actual.map((units) => units + 0.5), [NAIVE_NAME]: actual.map(() => 2) },
  };
}

/** The oracle: text keys and objects instead of numbers and arrays. */
function sumsByText(
  cells: BacktestCells,
  keyOf: (store: number, sku: number, day: number, category: number) => string,
) {
  const sums: Record<string, number> = {};
  for (let i = 0; i < cells.actual.length; i++) {
    const key = keyOf(cells.storeIds[i]!, cells.skuIds[i]!, cells.days[i]!, cells.categories[i]!);
    sums[key] = (sums[key] ?? 0) + cells.actual[i]!;
  }
  return Object.values(sums);
}

describe("accuracyByLevel", () => {
  it("adds up the very same cells as a scalar oracle at every level", () => {
    const cells = exampleCells();
    const week = (day: number) => Math.floor((day - 100) / 7);
    const keys = {
      "store x SKU x day": (s: number, k: number, d: number) => `${s}/${k}/${d}`,
      "store x SKU x week": (s: number, k: number, d: number) => `${s}/${k}/${week(d)}`,
      "SKU x day": (_: number, k: number, d: number) => `${k}/${d}`,
      "SKU x week": (_: number, k: number, d: number) => `${k}/${week(d)}`,
      "category x store x day": (s: number, _: number, d: number, c: number) => `${c}/${s}/${d}`,
      "store x day": (s: number, _: number, d: number) => `${s}/${d}`,
      "category x day": (_s: number, _k: number, d: number, c: number) => `${c}/${d}`,
    };

    for (const level of LEVELS) {
      assert.deepEqual([...aggregate(cells, level, 100).actual], sumsByText(cells, keys[level]), level);
    }
  });

  it("gives every forecaster's figures beside the naive forecast, and counts cells without demand", () => {
    const levels = accuracyByLevel(exampleCells(), 100);

    const finest = levels[0]!;
    const champion = accuracyOf(levels, "store x SKU x day", "champion");
    assert.deepEqual([finest.cells, finest.zeroCells], [77, 15]);
    assert.ok(Math.abs(champion.wape.value! - champion.bias.value!) < 1e-12, "an overforecast is all bias");
    assert.equal(accuracyOf(levels, "store x day", NAIVE_NAME).skill.value, 0);
    assert.throws(() => accuracyOf(levels, "store x day", "nobody"), /no accuracy of "nobody"/);
  });

  it("evaluates a part of the cells on that part only", () => {
    const cells = exampleCells();
    const storeOne = [...cells.storeIds].flatMap((store, i) => (store === 1 ? [i] : []));

    const [level] = accuracyByLevel(selectCells(cells, storeOne), 100, ["store x SKU x day"]);

    assert.equal(level!.cells, 42);
  });

  it("rejects cells without the forecast to compare with", () => {
    assert.throws(
      () => accuracyByLevel({ ...exampleCells(), forecasts: {} }, 100),
      /carry no "seasonal naive"/,
    );
  });
});

describe("seriesAccuracy", () => {
  it("weights series by revenue and leaves out those that cannot be scaled", () => {
    const series = (history: number[], error: number, revenueYen: number) => ({
      history,
      actual: [3, 3],
      forecasts: { champion: [3 + error, 3 + error] },
      revenueYen,
    });
    const swing = [0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2];

    const [accuracy] = seriesAccuracy(
      [series(swing, 2, 300), series(swing, 4, 100), series([1, 1], 9, 900)],
      ["champion"],
    );

    // Errors of 2 and 4 against a daily swing of 2: RMSSE 1 and 2, weighted 3 : 1.
    assert.equal(accuracy!.weightedRmsse.value, 1.25);
    assert.deepEqual([accuracy!.series, accuracy!.skippedSeries], [3, 1]);
  });
});
