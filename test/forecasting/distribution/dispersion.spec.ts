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
  residualDayCorrelation,
} from "../../../forecasting/distribution/dispersion";
import { fitDispersion } from "../../../forecasting/distribution/fit-dispersion";
import { QuantileLookup } from "../../../forecasting/distribution/quantile-lookup";

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

  it("is not decided by a single cell, however large it is", () => {
    const cells = uniforms(2000).map((u, i) => {
      const mean = [0.5, 2, 8][i % 3]!;
      return { mean, y: quantile(countDistribution(mean, 1.5 * mean), u) };
    });
    const means = cells.map(({ mean }) => mean);
    const plain = fitDispersion(
      cells.map(({ y }) => y),
      means,
    );
    const struck = fitDispersion(
      cells.map(({ y }, i) => (i === 700 ? 12_000 : y)),
      means,
    );

    for (const mean of [0.5, 2, 8]) {
      const [before, after] = [plain, struck].map((fitted) => quantile(cellDistribution(fitted, mean), 0.9));
      assert.ok(Math.abs(after! - before!) <= 1, `${mean}: ${before} became ${after}`);
    }
  });

  it("covers what it should where sales are rare and large, which moments do not", () => {
    // One day in six sells; what it sells is 1 to 1,000 units, most often few.
    const sales = uniforms(6000).map((u) => (u < 5 / 6 ? 0 : Math.round(1000 ** (((u * 6) % 1) ** 3))));
    const mean = sales.reduce((sum, units) => sum + units, 0) / sales.length;
    const fitted = fitDispersion(
      sales,
      sales.map(() => mean),
    );
    const [low, high] = quantiles(cellDistribution(fitted, mean), [0.1, 0.9]) as [number, number];
    const inside = sales.filter((units) => units >= low && units <= high).length / sales.length;

    assert.ok(Math.abs(inside - 0.9) < 0.08, `${inside} within ${low} to ${high}`);
  });

  it("covers what it should for the eight weeks of one dish that sells a hundred a day", () => {
    const sales = uniforms(56).map((u) => quantile(countDistribution(100, 25 ** 2), u));
    const fitted = fitDispersion(
      sales,
      sales.map(() => 100),
    );
    const [low, high] = quantiles(cellDistribution(fitted, 100), [0.1, 0.9]) as [number, number];
    const inside = sales.filter((units) => units >= low && units <= high).length / sales.length;

    assert.ok(Math.abs(inside - 0.8) < 0.08, `${inside} within ${low} to ${high}`);
  });

  it("falls back to the documented default on too few cells", () => {
    assert.deepEqual(fitDispersion([1, 2], [1, 2]), { ...DEFAULT_DISPERSION, cells: 2 });
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
