import assert from "node:assert/strict";
import {
  countDistribution,
  distributionReady,
  quantile,
  quantiles,
} from "../../../forecasting/distribution/count-distribution";
import {
  cellDistribution,
  DEFAULT_DISPERSION,
  fitDispersion,
  residualDayCorrelation,
  sumOfDays,
} from "../../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../../forecasting/distribution/quantile-lookup";
import newsvendor from "../../vectors/newsvendor.json";

/** Equally spread uniforms, shuffled by a fixed stride: draws without a random generator. */
const uniforms = (count: number) =>
  Array.from({ length: count }, (_, i) => (((i * 7919) % count) + 0.5) / count);

describe("dispersion", () => {
  before(() => distributionReady);

  it("finds the variance function that the counts were drawn with", () => {
    const means = [0.5, 1, 2, 5, 10, 20];
    const cells = means.flatMap((mean) =>
      uniforms(4000).map((u) => ({
        mean,
        y: quantile(countDistribution(mean, 1.2 * mean + 0.15 * mean ** 2), u),
      })),
    );

    const fitted = fitDispersion(
      cells.map(({ y }) => y),
      cells.map(({ mean }) => mean),
    );

    assert.ok(Math.abs(fitted.linear - 1.2) < 0.05, `linear ${fitted.linear}`);
    assert.ok(Math.abs(fitted.quadratic - 0.15) < 0.01, `quadratic ${fitted.quadratic}`);
  });

  it("never goes under the Poisson variance", () => {
    const constant = new Array<number>(300).fill(4);

    const fitted = fitDispersion(constant, constant);

    assert.deepEqual([fitted.linear, fitted.quadratic], [1, 0]);
  });

  it("falls back to the documented default on too few cells", () => {
    assert.deepEqual(fitDispersion([1, 2], [1, 2]), { ...DEFAULT_DISPERSION, cells: 2 });
  });

  it("adds days with their correlation as the reference does", () => {
    const { mu, sd, rho, muL, varL } = newsvendor.protection;

    const sum = sumOfDays(mu, sd, rho);

    assert.ok(Math.abs(sum.mean - muL) < 1e-9 && Math.abs(sum.variance - varL) < 1e-9);
    assert.equal(quantile(sum, 0.8), newsvendor.protection["S_cr0.8_nb"]);
  });

  it("measures the day correlation within series only", () => {
    const alternating = [3, 1, 3, 1, 3, 1];

    assert.equal(residualDayCorrelation(alternating, [2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1]), 0);
    assert.ok(residualDayCorrelation([3, 3, 3, 1, 1, 1], [2, 2, 2, 2, 2, 2], [1, 1, 1, 2, 2, 2]) > 0.8);
  });

  it("looks quantiles up close to the exact ones and never crossing", () => {
    const dispersion = { linear: 1.3, quadratic: 0.1, dayCorrelation: 0, cells: 1000 };
    const levels = [0.1, 0.5, 0.9];
    const lookup = new QuantileLookup(dispersion, levels);

    for (const mean of [0, 0.0001, 0.3, 1.3, 7, 55, 480, 3000]) {
      const exact = quantiles(cellDistribution(dispersion, mean), levels);
      lookup.of(mean).forEach((value, j) => {
        assert.ok(Math.abs(value - exact[j]!) <= Math.max(1, exact[j]! * 0.005), `${mean}: ${value}`);
      });
    }
  });
});
