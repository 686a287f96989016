import assert from "node:assert/strict";
import { distributionReady } from "../../../forecasting/distribution/count-distribution";
import { chooseMultiplier } from "../../../forecasting/simulation/choose-multiplier";
import { frontierOf, nearestPoint } from "../../../forecasting/simulation/frontier";
import { forecastPractice } from "../../../forecasting/simulation/practices";
import { exampleSeries } from "./support/example-series";

const LINES = { stockOutRate: 0.03, wasteRate: 0.02 };
const WINDOW = { warmUpDays: 7 };
/** From 0.05 to 20 in steps of 8 %. */
const EVERY = Array.from({ length: 78 }, (_, i) => 0.05 * 1.08 ** i);

/** The worse rate in multiples of its line. */
const distance = ({ rates: { stockOutRate, wasteRate } }: ReturnType<typeof chooseMultiplier>) =>
  Math.max((stockOutRate.value ?? 0) / LINES.stockOutRate, (wasteRate.value ?? 0) / LINES.wasteRate);

describe("chooseMultiplier", () => {
  before(() => distributionReady);

  it("comes as near to the lines as the best of very many multipliers on all series", () => {
    const series = exampleSeries(80);

    const chosen = chooseMultiplier(series, LINES, WINDOW);

    const best = nearestPoint(frontierOf(series, forecastPractice, EVERY, WINDOW), LINES);
    assert.ok(distance(chosen) <= distance(best) * 1.05, `${distance(chosen)} beside ${distance(best)}`);
  });

  it("walks on where all series want another one than the first few", () => {
    // The first ones never expire; the many behind them do, within two days.
    const keeping = exampleSeries(300, () => undefined);
    const all = [...keeping, ...exampleSeries(600, () => 2)];
    const few = chooseMultiplier(keeping, LINES, WINDOW);

    const chosen = chooseMultiplier(all, LINES, WINDOW);

    const best = nearestPoint(frontierOf(all, forecastPractice, EVERY, WINDOW), LINES);
    assert.ok(distance(chosen) <= distance(best) * 1.05, `${distance(chosen)} beside ${distance(best)}`);
    assert.ok(Math.abs(Math.log(chosen.parameter / few.parameter)) > Math.log(1.3), "the two want the same");
  });
});
