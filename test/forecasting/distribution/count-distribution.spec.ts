import assert from "node:assert/strict";
import fc from "fast-check";
import {
  countDistribution,
  cumulative,
  distributionReady,
  quantile,
  quantiles,
  walk,
} from "../../../forecasting/distribution/count-distribution";
import { expectedLeft, expectedLost } from "../../support/expected-units";
import newsvendor from "../../vectors/newsvendor.json";

const near = (value: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);

const moments = fc
  .record({
    mean: fc.double({ min: 0.01, max: 400, noNaN: true }),
    ratio: fc.double({ min: 1, max: 6, noNaN: true }),
  })
  .map(({ mean, ratio }) => countDistribution(mean, mean * ratio));

describe("countDistribution", () => {
  before(() => distributionReady);

  it("agrees with the reference for probability, unmet and left-over demand", () => {
    for (const row of newsvendor.nb) {
      const demand = countDistribution(row.mu, row.var);
      near(cumulative(demand, row.S), row.cdf);
      near(1 - cumulative(demand, row.S), row.stockoutProb);
      near(expectedLost(demand, row.S), row.expectedLost);
      near(expectedLeft(demand, row.S), row.expectedLeft);
      near(1 - expectedLost(demand, row.S) / row.mu, row.fillRate);
    }
  });

  it("agrees with the reference quantiles", () => {
    for (const row of newsvendor.nbQuantile) {
      assert.equal(quantile(countDistribution(row.mu, row.var), row.cr), row.S);
    }
  });

  it("walks to the same cumulative probability as the incomplete beta and gamma functions", () => {
    fc.assert(
      fc.property(moments, (demand) => {
        walk(demand, (k, _probability, below) => {
          near(below, cumulative(demand, k), 1e-9);
          return below < 0.9999;
        });
      }),
      { numRuns: 60 },
    );
  });

  it("keeps to nine digits where it is all but the Poisson, at every mean", () => {
    const gaps = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 2e-9];
    for (const mean of [0.01, 0.340671, 3, 50, 196, 250, 400]) {
      for (const gap of gaps) {
        const demand = countDistribution(mean, mean * (1 + gap));
        walk(demand, (k, _probability, below) => {
          near(below, cumulative(demand, k), 1e-9);
          return below < 0.9999;
        });
      }
    }
  });

  it("returns the smallest count that reaches a level, ascending in the level", () => {
    fc.assert(
      fc.property(moments, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (demand, level) => {
        const k = quantile(demand, level);
        assert.ok(cumulative(demand, k) >= level - 1e-9);
        assert.ok(k === 0 || cumulative(demand, k - 1) < level + 1e-9);
        const all = quantiles(demand, [0.1, 0.5, 0.9, 0.99]);
        assert.deepEqual(
          all,
          [...all].sort((a, b) => a - b),
        );
      }),
    );
  });

  it("is certain of 0 when the mean is 0", () => {
    const nothing = countDistribution(0, 0);

    assert.equal(quantile(nothing, 0.99), 0);
    assert.equal(cumulative(nothing, 0), 1);
  });

  it("rejects a negative or infinite moment", () => {
    assert.throws(() => countDistribution(-1, 1), /not -1 and 1/);
    assert.throws(() => countDistribution(1, Infinity), /finite/);
  });
});
