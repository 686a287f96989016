import assert from "node:assert/strict";
import { isoDate, weekdayOf } from "../../../forecasting/calendar/day";
import { fillSeries, newSeriesDays } from "../../../forecasting/generator/demand";
import { receiptLines } from "../../../forecasting/generator/receipts";
import { makeWorld } from "../../../forecasting/generator/world";

const OPTIONS = { stores: 30, skus: 60, days: 730, seed: 5 };

describe("an unsteady world", () => {
  const world = makeWorld({ ...OPTIONS, unsteady: true });
  const { knownDayCount, firstDay, dayCount } = world.days;
  const { changes } = world;
  const closedDays = (store: number) =>
    world.closures.subarray(store * knownDayCount, (store + 1) * knownDayCount);

  it("has stores that rest on a weekday, before and after the cutoff, and some that close for good", () => {
    const resting = changes.restDays.findIndex((weekday) => weekday > 0);
    const closing = changes.closedFrom.findIndex((day) => day < knownDayCount);

    closedDays(resting).forEach((closed, i) => {
      if (weekdayOf(firstDay + i) === changes.restDays[resting]) assert.equal(closed, 1);
    });
    assert.ok(
      closedDays(closing)
        .subarray(changes.closedFrom[closing])
        .every((closed) => closed === 1),
    );
    assert.ok(changes.closedFrom[closing]! <= dayCount - 35);
  });

  it("has stores that close over the New Year", () => {
    const store = changes.newYearRest.indexOf(1);
    const rested = [...closedDays(store)].flatMap((closed, i) => (closed ? [isoDate(firstDay + i)] : []));

    for (const date of ["2025-12-31", "2026-01-01", "2026-01-03"]) assert.ok(rested.includes(date));
  });

  it("sells nothing of an item that was taken off, and knows it", () => {
    const sku = changes.delistedFrom.findIndex((day) => day < knownDayCount);
    const series = newSeriesDays(knownDayCount);
    fillSeries(world, 0, sku, series, true);
    const gone = changes.delistedFrom[sku]! - series.firstIndex;

    assert.ok(series.demand.subarray(gone, series.length).every((units) => units === 0));
    assert.ok(series.meanKnown.subarray(gone, series.length).every((mean) => mean === 0));
    assert.ok(series.isStockedOut.subarray(gone, series.length).every((out) => out === 0));
    assert.ok(series.demand.subarray(0, gone).some((units) => units > 0));
  });

  it("raises list prices without a promotion", () => {
    const risen = changes.risenFrom.findIndex(
      (day, sku) => day > 100 && changes.delistedFrom[sku]! > dayCount,
    );
    const prices = new Map<boolean, Set<number>>([
      [false, new Set()],
      [true, new Set()],
    ]);
    for (const line of receiptLines(world, 0)) {
      if (line.sku !== risen) continue;
      prices.get(line.day - firstDay >= changes.risenFrom[risen]!)!.add(line.listPriceYen);
    }
    const master = world.products[risen]!.priceYen;

    assert.deepEqual([...prices.get(true)!], [master]);
    assert.deepEqual([...prices.get(false)!], [Math.round(master * 0.9)]);
  });

  it("grows and fades items over the years", () => {
    const growing = changes.logGrowth.reduce(
      (best, growth, sku, all) => (growth > all[best]! ? sku : best),
      0,
    );
    const mean = (from: number, to: number) => {
      let sum = 0;
      for (let i = from; i < to; i++) sum += world.skuFactors.logKnown[growing * knownDayCount + i]!;
      return sum / (to - from);
    };

    assert.ok(changes.logGrowth[growing]! > 0.2);
    assert.ok(mean(365, 730) - mean(0, 365) > changes.logGrowth[growing]! / 2);
  });

  it("is the plain world in all that does not change", () => {
    const plain = makeWorld(OPTIONS);
    const series = [plain, world].map((of) => {
      const days = newSeriesDays(knownDayCount);
      const steady = changes.logGrowth.findIndex(
        (growth, sku) => growth === 0 && changes.delistedFrom[sku] === knownDayCount,
      );
      fillSeries(of, 0, steady, days, true);
      return days;
    });

    assert.deepEqual(series[1]!.demand, series[0]!.demand);
    assert.ok(plain.changes.restDays.every((weekday) => weekday === 0));
    assert.ok(plain.changes.delistedFrom.every((day) => day === knownDayCount));
  });
});
