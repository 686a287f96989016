import assert from "node:assert/strict";
import fc from "fast-check";
import { mape } from "../../../forecasting/metrics/mape";
import { formatPercent, formatPercentBeside, type Metric } from "../../../forecasting/metrics/metric";
import {
  coverage,
  intervalCoverage,
  pinball,
  weightedQuantileLoss,
} from "../../../forecasting/metrics/quantile-loss";
import { mase, rmsse, weightedMean } from "../../../forecasting/metrics/scaled-error";
import {
  bias,
  meanAbsoluteError,
  rootMeanSquaredError,
  skill,
  wape,
} from "../../../forecasting/metrics/wape";
import vectors from "../../vectors/metrics.json";

const near = (metric: Metric, expected: number) => {
  assert.notEqual(metric.value, null, metric.reason);
  assert.ok(Math.abs(metric.value! - expected) <= 1e-9, `${metric.value} is not ${expected}`);
};

describe("metrics on the reference week", () => {
  const { actual, forecast, history, seasonalNaive, quantiles } = vectors;
  const byLevel = quantiles.map((_, j) => vectors.quantileForecast.map((row) => row[j]!));

  it("agree with the reference for point forecasts", () => {
    const shown = mape(actual, forecast);

    near(wape(actual, forecast), vectors.wape);
    near(wape(actual, seasonalNaive), vectors.wapeSeasonalNaive);
    near(bias(actual, forecast), vectors.biasPct);
    near(meanAbsoluteError(actual, forecast), vectors.mae);
    near(rootMeanSquaredError(actual, forecast), vectors.rmse);
    near(skill(actual, forecast, seasonalNaive), vectors.skillVsSeasonalNaive);
    near(shown.mape, vectors.mapeNonZero);
    assert.equal(shown.zerosExcluded, vectors.zerosExcluded);
  });

  it("agree with the reference for scaled errors", () => {
    const series = { history, actual, forecast };

    near(mase(series, 7), vectors.mase7);
    near(mase(series, 1), vectors.mase1);
    near(rmsse(series, 1), vectors.rmsse1);
    near(rmsse(series, 7), vectors.rmsse7);
  });

  it("agree with the reference for the weighted mean over series", () => {
    const metrics = vectors.wrmsse.rmsse.map((value) => ({ value }));

    const result = weightedMean(metrics, vectors.wrmsse.weights);

    near(result.value, vectors.wrmsse.value);
    assert.equal(result.skipped, 0);
  });

  it("agree with the reference for quantile forecasts", () => {
    byLevel.forEach((series, j) => {
      near(pinball(actual, series, quantiles[j]!), vectors.pinballPerQuantile[j]!);
      near(coverage(actual, series), vectors.coverage[j]!);
    });
    near(weightedQuantileLoss(actual, byLevel, quantiles), vectors.wql);
    near(intervalCoverage(actual, byLevel[0]!, byLevel[4]!), vectors.interval80Coverage);
  });
});

describe("metrics without a value", () => {
  it("carry the reason instead of 0", () => {
    const zeros = [0, 0, 0];

    const undefinedOnes = [
      wape(zeros, [1, 0, 2]),
      bias(zeros, zeros),
      mape(zeros, zeros).mape,
      mase({ history: [2, 2, 2, 2, 2, 2, 2, 2, 2], actual: [1], forecast: [1] }),
      rmsse({ history: [], actual: [1], forecast: [1] }),
      skill([1], [1], [1]),
      pinball([], [], 0.5),
      weightedMean([{ value: null, reason: "constant" }], [1]).value,
    ];

    undefinedOnes.forEach((metric) => {
      assert.equal(metric.value, null);
      assert.ok(metric.reason && metric.reason.length > 5);
      assert.equal(formatPercent(metric), "–");
    });
  });

  it("are shown with the decimals that tell on which side of a line they lie", () => {
    const shown = [0.03, 0.030034, 0.02996, 0.0299999999, 0.041].map((value) =>
      formatPercentBeside({ value }, 0.03),
    );

    assert.deepEqual(shown, ["3.0 %", "3.003 %", "3.0 %", "3.0 %", "4.1 %"]);
    assert.equal(formatPercentBeside({ value: null, reason: "no day" }, 0.03), "–");
  });

  it("report a value that is not a number instead of passing it on", () => {
    assert.deepEqual(wape([1, 2], [1, NaN]), { value: null, reason: "a value is not a finite number" });
  });

  it("reject series of different length", () => {
    assert.throws(() => wape([1, 2], [1]), /differ in length: 2 and 1/);
  });
});

describe("metric properties", () => {
  const cell = fc.record({
    y: fc.integer({ min: 0, max: 50 }),
    f: fc.double({ min: 0, max: 60, noNaN: true, noDefaultInfinity: true }),
  });
  const cells = fc.array(cell, { minLength: 1, maxLength: 40 }).filter((list) => list.some(({ y }) => y > 0));
  const split = (list: { y: number; f: number }[]) =>
    [list.map(({ y }) => y), list.map(({ f }) => f)] as const;

  it("do not depend on the unit of measure or on the order of the cells", () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 2, max: 9 }), (list, factor) => {
        const [y, f] = split(list);
        const scaled = wape(
          y.map((v) => v * factor),
          f.map((v) => v * factor),
        );
        near(scaled, wape(y, f).value!);
        near(wape([...y].reverse(), [...f].reverse()), wape(y, f).value!);
      }),
    );
  });

  it("keep |bias| at or under WAPE and turn a perfect forecast into 0", () => {
    fc.assert(
      fc.property(cells, (list) => {
        const [y, f] = split(list);
        assert.ok(Math.abs(bias(y, f).value!) <= wape(y, f).value! + 1e-12);
        assert.equal(wape(y, y).value, 0);
        assert.equal(mape(y, y).mape.value, 0);
      }),
    );
  });

  it("give half the mean absolute error as the pinball loss of the median", () => {
    fc.assert(
      fc.property(cells, (list) => {
        const [y, f] = split(list);
        near(pinball(y, f, 0.5), meanAbsoluteError(y, f).value! / 2);
      }),
    );
  });

  it("are largest in pinball loss away from the level's own quantile", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 40 }), (y) => {
        const sorted = [...y].sort((a, b) => a - b);
        const best = sorted[Math.ceil(0.9 * y.length) - 1]!;
        const loss = (q: number) => pinball(y, new Array<number>(y.length).fill(q), 0.9).value!;
        for (const other of [best - 1, best + 1, best + 7]) assert.ok(loss(best) <= loss(other) + 1e-9);
      }),
    );
  });
});
