import assert from "node:assert/strict";
import fc from "fast-check";
import {
  curveOutcome,
  curveQuantile,
  isotonic,
  quantileCurve,
} from "../../../forecasting/distribution/quantile-curve";
import newsvendor from "../../vectors/newsvendor.json";

const { quantileCurve: reference } = newsvendor;
const near = (value: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);

describe("quantileCurve", () => {
  const curve = quantileCurve(reference.levels, reference.values);

  it("agrees with the reference knots, quantiles and outcome", () => {
    curve.knotValues.forEach((value, i) => near(value, reference.knotsQ[i]!));
    near(curveQuantile(curve, 0.4), reference["S_cr0.4"]);
    near(curveQuantile(curve, 0.8), reference["S_cr0.8"]);
    near(curveQuantile(curve, 0.97), reference["S_cr0.97"]);
    const outcome = curveOutcome(curve, 10);
    near(outcome.lost, reference.atS10.expectedLost);
    near(outcome.left, reference.atS10.expectedLeft);
    near(outcome.mean, reference.atS10.mean);
  });

  it("pools crossing quantiles without moving their total", () => {
    assert.deepEqual(isotonic([1, 3, 2, 4]), [1, 2.5, 2.5, 4]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }), (values) => {
        const pooled = isotonic(values);
        pooled.forEach((value, i) => assert.ok(i === 0 || value >= pooled[i - 1]! - 1e-9));
        const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
        near(sum(pooled), sum(values));
      }),
    );
  });

  it("rejects a single level", () => {
    assert.throws(() => quantileCurve([0.5], [3]), /at least 2 levels, not 1/);
  });
});
