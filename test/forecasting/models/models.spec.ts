import assert from "node:assert/strict";
import {
  loadBoostedTrees,
  relativeToBaseline,
  timesBaseline,
  trainBoostedTrees,
} from "../../../forecasting/models/boosted-trees";
import { isClearlyBetter, type LabelledRows, poissonLoss } from "../../../forecasting/models/demand-model";
import { sqlBaselineModel } from "../../../forecasting/models/sql-baseline-model";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { trainTrees } from "../../../forecasting/trees/train-trees";
import { matrixFromRows } from "../../support/matrix-from-rows";

/** Demand is the baseline, doubled where the first feature is above 0.5. */
function exampleRows(count: number): LabelledRows {
  const rows = Array.from({ length: count }, (_, i) => {
    const x = ((i * 7919) % count) / count;
    const baseline = 1 + (i % 5);
    return { x, baseline, units: Math.round(baseline * (x > 0.5 ? 2 : 1) * (0.7 + ((i * 31) % 7) / 10)) };
  });
  return {
    features: matrixFromRows(
      ["x", "noise"],
      rows.map(({ x }, i) => [x, (i * 13) % 11]),
    ),
    baseline: Float32Array.from(rows, ({ baseline }) => baseline),
    naive: Float32Array.from(rows, ({ units }) => units),
    units: Float32Array.from(rows, ({ units }) => units),
  };
}
const OPTIONS = { objective: "count:poisson", rounds: 30, maxDepth: 2, learningRate: 0.3 } as const;

describe("boosted trees on the baseline", () => {
  it("learn what the baseline gets wrong", async () => {
    const rows = exampleRows(2000);

    const { model } = await trainBoostedTrees("drinks", rows, OPTIONS);

    assert.ok(poissonLoss(rows.units, model.score(rows)) < poissonLoss(rows.units, rows.baseline) - 0.1);
  });

  it("are the same as trees that start from the logarithm of the baseline as their margin", async () => {
    const unscaled = exampleRows(2000);
    const total = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
    // With sold = expected in total both start from the same intercept, so nothing but rounding may differ.
    const level = total(unscaled.units) / total(unscaled.baseline);
    const rows = { ...unscaled, baseline: unscaled.baseline.map((value) => value * level) };
    const baseMargin = rows.baseline.map(Math.log);

    const byWeight = await trainBoostedTrees("drinks", rows, OPTIONS);
    const byMargin = await trainTrees({ features: rows.features, label: rows.units, baseMargin }, OPTIONS);

    const expected = scoreTrees(byMargin.model, rows.features, baseMargin);
    byWeight.model.score(rows).forEach((forecast, i) => {
      assert.ok(Math.abs(forecast / expected[i]! - 1) < 1e-4, `${forecast} is not ${expected[i]}`);
    });
  });

  it("come back from their file with the same forecasts", async () => {
    const rows = exampleRows(500);
    const { model } = await trainBoostedTrees("food", rows, { ...OPTIONS, rounds: 5 });

    const loaded = loadBoostedTrees("food", model.save());

    assert.deepEqual(loaded.score(rows), model.score(rows));
    assert.equal(loaded.category, "food");
  });

  it("take units as a multiple of the baseline, weighted by it", () => {
    const rows = exampleRows(10);

    const { label, weight } = relativeToBaseline(rows);

    assert.deepEqual(timesBaseline(label, weight!), rows.units);
  });
});

describe("sqlBaselineModel", () => {
  it("answers the baseline times its factor, a 32-bit float", () => {
    const rows = exampleRows(40);
    const factor = Math.fround(1.1);

    assert.deepEqual(sqlBaselineModel("daily").score(rows), rows.baseline);
    assert.deepEqual(
      sqlBaselineModel("daily", 1.1).score(rows),
      rows.baseline.map((units) => units * factor),
    );
  });
});

describe("isClearlyBetter", () => {
  const days = Array.from({ length: 140 }, (_, i) => Math.floor(i / 10));
  const units = days.map((_, i) => 2 + (i % 3));

  it("accepts a gain on every day", () => {
    assert.ok(
      isClearlyBetter(
        units,
        units,
        units.map(() => 1),
        days,
      ),
    );
  });

  it("rejects a gain that one single day makes, the worse model, and a tie", () => {
    const better = (day: number) => days.map((d, i) => (d === day ? units[i]! : 3));
    const flat = days.map(() => 3);

    assert.equal(isClearlyBetter(units, better(4), flat, days), false);
    assert.equal(isClearlyBetter(units, flat, units, days), false);
    assert.equal(isClearlyBetter(units, flat, flat, days), false);
  });

  it("does not decide on less than a week", () => {
    assert.equal(isClearlyBetter([1, 2], [1, 2], [9, 9], [0, 1]), false);
  });
});
