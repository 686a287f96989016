import assert from "node:assert/strict";
import fc from "fast-check";
import { distributionReady } from "../../../forecasting/distribution/count-distribution";
import { calibratePractice, chooseParameters } from "../../../forecasting/simulation/calibrate-practice";
import {
  forecastPractice,
  policyRunner,
  simulatePolicy,
  type SimulatedSeries,
  todaysPractice,
} from "../../../forecasting/simulation/simulate-policy";
import { simulateSeries } from "../../../forecasting/simulation/simulate-series";

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

/** Items whose demand swings by weekday; the forecast knows the weekday's mean, the naive one repeats last week. */
function exampleSeries(count: number): SimulatedSeries[] {
  return Array.from({ length: count }, (_, i) => {
    const mean = (day: number) => (2 + (i % 7)) * (day % 7 >= 5 ? 1.5 : 1);
    const noise = (day: number) => 1 + 0.3 * Math.sin(day * 12.9898 + i * 78.233);
    const units = (day: number) => Math.round(mean(day) * noise(day));
    const days = Array.from({ length: 35 }, (_, day) => day);
    return {
      terms: {
        priceYen: 150,
        costYen: 90,
        leadTimeDays: 1,
        reviewDays: 1,
        packSize: 1,
        shelfLifeDays: i % 5 === 0 ? 2 : undefined,
      },
      demand: Float64Array.from(days.slice(0, 28), units),
      forecastMeans: Float64Array.from(days, mean),
      forecastDeviations: Float64Array.from(days, (day) => 0.25 * mean(day)),
      dayCorrelation: 0,
      naive: Float64Array.from(days, (day) => units(day - 7)),
    };
  });
}

describe("simulatePolicy", () => {
  before(() => distributionReady);
  const series = exampleSeries(20);
  const today = (parameters: { fresh: number; ambient: number }) =>
    simulatePolicy(series, todaysPractice(parameters), { warmUpDays: 7 });
  const ours = (parameters: { fresh: number; ambient: number }) =>
    simulatePolicy(series, forecastPractice(parameters), { warmUpDays: 7 });

  it("calibrates today's practice to the rates that the chain reports", () => {
    const { reached } = calibratePractice(today, { stockOutRate: 0.08, wasteRate: 0.05 });

    assert.ok(Math.abs(reached.stockOutRate.value! - 0.08) < 0.02, `stock-out ${reached.stockOutRate.value}`);
    assert.ok(Math.abs(reached.wasteRate.value! - 0.05) < 0.02, `waste ${reached.wasteRate.value}`);
  });

  it("has fewer stock-outs and less waste with a forecast that knows the weekday", () => {
    const practice = calibratePractice(today, { stockOutRate: 0.08, wasteRate: 0.05 });

    const chosen = chooseParameters(ours, [0, 1, 4, 16], { stockOutRate: 0.03, wasteRate: 0.02 });

    assert.ok(chosen.reached.stockOutRate.value! < practice.reached.stockOutRate.value!);
    assert.ok(chosen.reached.wasteRate.value! < practice.reached.wasteRate.value!);
  });

  it("stocks out less and wastes more the dearer a lost sale is", () => {
    const careless = ours({ fresh: 0, ambient: 0 });
    const careful = ours({ fresh: 20, ambient: 20 });

    assert.ok(careful.stockOutRate.value! < careless.stockOutRate.value!);
    assert.ok(careful.wasteRate.value! > careless.wasteRate.value!);
  });

  it("gives the same rates when fresh items and the others are run apart", () => {
    const apart = policyRunner(series, todaysPractice, { warmUpDays: 7 });

    assert.deepEqual(apart({ fresh: 0.8, ambient: 1.4 }), today({ fresh: 0.8, ambient: 1.4 }));
  });

  it("has no rates without series", () => {
    const nothing = simulatePolicy([], todaysPractice({ fresh: 1, ambient: 1 }), { warmUpDays: 0 });

    assert.deepEqual(nothing.stockOutRate, { value: null, reason: "no simulated day" });
    assert.equal(nothing.wasteRate.value, null);
  });
});
