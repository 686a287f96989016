import assert from "node:assert/strict";
import fc from "fast-check";
import { distributionReady } from "../../../forecasting/distribution/count-distribution";
import {
  calibratePractice,
  simulateWithParameters,
} from "../../../forecasting/simulation/calibrate-practice";
import {
  evenParameters,
  type FrontierPoint,
  frontierOf,
  nearestPoint,
  SERVICE_MULTIPLIERS,
} from "../../../forecasting/simulation/frontier";
import { addOutcomes, NOTHING, outcomeRates } from "../../../forecasting/simulation/outcome-rates";
import { forecastPractice, type Practice, todaysPractice } from "../../../forecasting/simulation/practices";
import { runPractice, simulatePractice } from "../../../forecasting/simulation/simulate-practice";
import { simulateSeries } from "../../../forecasting/simulation/simulate-series";
import { exampleSeries } from "./support/example-series";

describe("simulateSeries", () => {
  it("books a hand-computed week", () => {
    const ordered: [number, number, number][] = [];

    const outcome = simulateSeries({
      demand: [2, 5, 0, 1],
      openingStock: 3,
      leadTimeDays: 1,
      reviewDays: 1,
      shelfLifeDays: 2,
      order: (day, { onHand, onOrder }) => {
        ordered.push([day, onHand, onOrder]);
        return [4, 3, 0, 0][day]!;
      },
    });

    // Day 0: 3 - 2 = 1 left. Day 1: + 4, the old unit goes first, 5 sold. Day 2: + 3. Day 3: 1 sold, 2 expire.
    assert.deepEqual(ordered, [
      [0, 3, 0],
      [1, 1, 4],
      [2, 0, 3],
      [3, 3, 0],
    ]);
    assert.deepEqual(outcome, {
      days: 4,
      demand: 8,
      sold: 8,
      delivered: 7,
      wasted: 2,
      stockOutDays: 0,
      lost: 0,
      closingStock: 4,
    });
  });

  it("loses no unit: opening + delivered = sold + wasted + closing stock", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(12), { minLength: 30, maxLength: 30 }),
        fc.record({
          openingStock: fc.nat(10),
          leadTimeDays: fc.nat(3),
          reviewDays: fc.integer({ min: 1, max: 3 }),
          shelfLifeDays: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        }),
        (demand, orders, terms) => {
          const outcome = simulateSeries({ demand, ...terms, order: (day) => orders[day]! });
          const shelfAfter = (days: number) =>
            simulateSeries({ demand: demand.slice(0, days), ...terms, order: (day) => orders[day]! })
              .closingStock;
          const lastClosing =
            shelfAfter(demand.length) - (demand.length > 1 ? shelfAfter(demand.length - 1) : 0);
          assert.equal(terms.openingStock + outcome.delivered, outcome.sold + outcome.wasted + lastClosing);
          assert.equal(outcome.demand, outcome.sold + outcome.lost);
        },
      ),
    );
  });

  it("leaves the warm-up days out of every count", () => {
    const outcome = simulateSeries({
      demand: [9, 9, 1],
      openingStock: 0,
      leadTimeDays: 0,
      reviewDays: 1,
      warmUpDays: 2,
      order: (day) => (day === 2 ? 1 : 0),
    });

    assert.deepEqual([outcome.days, outcome.demand, outcome.lost, outcome.delivered], [1, 1, 0, 1]);
  });
});

describe("simulated practices", () => {
  before(() => distributionReady);
  const series = exampleSeries(20);
  const window = { warmUpDays: 7 };
  const lines = { stockOutRate: 0.03, wasteRate: 0.02 };
  const calibrated = () =>
    calibratePractice(series, todaysPractice, { stockOutRate: 0.08, wasteRate: 0.05 }, window);
  const frontier = () => frontierOf(series, forecastPractice, SERVICE_MULTIPLIERS, window);

  it("are calibrated to the rates that the chain reports", () => {
    const { reached, parameters } = calibrated();

    assert.ok(Math.abs(reached.stockOutRate.value! - 0.08) < 0.02, `stock-out ${reached.stockOutRate.value}`);
    assert.ok(Math.abs(reached.wasteRate.value! - 0.05) < 0.02, `waste ${reached.wasteRate.value}`);
    assert.deepEqual(simulateWithParameters(series, todaysPractice, parameters, window), reached);
  });

  it("have fewer stock-outs and less waste with a forecast that knows the weekday", () => {
    const { reached } = calibrated();
    const best = nearestPoint(frontier(), lines).rates;

    assert.ok(best.stockOutRate.value! < reached.stockOutRate.value!);
    assert.ok(best.wasteRate.value! < reached.wasteRate.value!);
    assert.ok(best.totals.lostYen < reached.totals.lostYen && best.totals.wasteYen < reached.totals.wasteYen);
  });

  it("take no less than a unit's cost for a day without a stock-out where nothing is ever wasted", () => {
    const keeps = series.map((each) => ({
      ...each,
      terms: { ...each.terms, shelfLifeDays: undefined },
      forecastMeans: each.forecastMeans.map((mean) => 3 * mean),
    }));
    const points = frontierOf(keeps, forecastPractice, SERVICE_MULTIPLIERS, window);
    const kept = points.filter(({ rates }) => rates.totals.stockOutDays + rates.totals.wasted === 0);
    const { parameter } = nearestPoint(points, lines);

    assert.ok(kept.length > 2 && kept[0]!.parameter < 0.5);
    assert.ok(parameter > 0.5 && parameter < 2, `${parameter}`);
  });

  it("run along a frontier: the more service counts, the fewer stock-outs and the more waste", () => {
    const points = frontier();
    points.slice(1).forEach(({ rates }, i) => {
      assert.ok(rates.totals.stockOutDays <= points[i]!.rates.totals.stockOutDays + 0.01 * rates.totals.days);
      assert.ok(rates.totals.wasted >= 0.95 * points[i]!.rates.totals.wasted);
    });
    assert.ok(points.at(-1)!.rates.stockOutRate.value! < points[0]!.rates.stockOutRate.value!);
  });

  it("waste less for as few stock-outs when one multiplier sets every item's level than with one level for all", () => {
    // Perishables of very different certainty: one level for all buys the uncertain ones dearly.
    const mixed = exampleSeries(40).map((entry, i) => ({
      ...entry,
      terms: { ...entry.terms, shelfLifeDays: 2 },
      forecastDeviations: entry.forecastMeans.map((mean) => (i % 2 === 0 ? 0.25 : 0.9) * mean),
      demand: entry.demand.map((units, day) =>
        i % 2 === 0 ? units : Math.round(units * [0.1, 2.2, 0.4, 1.6, 0.7][(day * 3 + i) % 5]!),
      ),
    }));
    const oneLevel: Practice =
      (entry) =>
      (deviations) =>
      (day, { onHand, onOrder }) => {
        const ahead = day + entry.terms.leadTimeDays;
        const level = entry.forecastMeans[ahead]! + deviations * entry.forecastDeviations[ahead]!;
        return Math.max(0, Math.ceil(level - Math.max(0, onHand + onOrder - entry.forecastMeans[day]!)));
      };
    const equal = frontierOf(mixed, oneLevel, [-1, -0.5, 0, 0.5, 1, 1.5, 2], window);
    const shared = frontierOf(mixed, forecastPractice, SERVICE_MULTIPLIERS, window);
    const leastWaste = (stockOuts: number) =>
      Math.min(
        ...shared
          .filter(({ rates }) => rates.totals.stockOutDays <= stockOuts)
          .map(({ rates }) => rates.totals.wasted),
      );

    for (const { rates } of equal.slice(2, 5)) {
      assert.ok(
        leastWaste(rates.totals.stockOutDays) <= rates.totals.wasted,
        `${rates.totals.stockOutDays} stock-outs: ${leastWaste(rates.totals.stockOutDays)} against ${rates.totals.wasted}`,
      );
    }
  });

  it("say the same series by series as in sum, and what is left once every unit is accounted for", () => {
    const runs = runPractice(series, forecastPractice, 2, window);
    const [sum] = simulatePractice(series, forecastPractice, [2], window);

    const unwarmed = runPractice(series, forecastPractice, 2, { warmUpDays: 0 });
    assert.deepEqual(outcomeRates(runs.map(({ totals }) => totals).reduce(addOutcomes, NOTHING)), sum);
    unwarmed.forEach(({ totals, final }, i) => {
      const opening = Math.ceil(series[i]!.naive[0]! + series[i]!.naive[1]!);
      assert.equal(opening + totals.delivered, totals.sold + totals.wasted + final.onHand);
      assert.deepEqual(runs[i]!.final, final);
    });
  });

  it("are set between two points where both rates are as far from their lines", () => {
    const points = frontier();
    const even = evenParameters(points, lines);
    const [between] = frontierOf(series, forecastPractice, even, window) as [FrontierPoint];
    const distance = ({ rates }: FrontierPoint) =>
      Math.max(rates.stockOutRate.value! / 0.03, rates.wasteRate.value! / 0.02);

    assert.equal(even.length, 1);
    const before = points.filter(({ parameter }) => parameter < even[0]!).at(-1)!;
    const after = points.find(({ parameter }) => parameter > even[0]!)!;
    assert.ok(before.rates.stockOutRate.value! / 0.03 > before.rates.wasteRate.value! / 0.02);
    assert.ok(after.rates.stockOutRate.value! / 0.03 < after.rates.wasteRate.value! / 0.02);
    assert.ok(distance(between) <= Math.max(distance(before), distance(after)));
    assert.deepEqual(evenParameters([before], lines), []);
  });

  it("have no rates without series", () => {
    const [nothing] = simulatePractice([], todaysPractice, [1], { warmUpDays: 0 });

    assert.deepEqual(nothing!.stockOutRate, { value: null, reason: "no simulated day" });
    assert.equal(nothing!.wasteRate.value, null);
  });
});
