import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdayOf } from "../../../forecasting/calendar/day";
import { WEEKDAY_SLOTS, weekOfYear, YEAR_WEEKS } from "../../../forecasting/methods/method-tables";
import { fitSeason, SEASON_PRIOR_UNITS, type WeeklySums } from "../../../forecasting/methods/season-factors";
import { fitWeekdays } from "../../../forecasting/methods/weekday-factors";

const MONDAY_20250106 = 20_094;
const near = (actual: number, expected: number, within: number, what = "") =>
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not ${expected}`);

describe("weekday factors", () => {
  const worth = [0, 0.7, 0.8, 0.9, 1, 1.1, 1.6, 0.9];
  const sumsOf = (unitsADay: number, isOpen: (weekday: number) => boolean, dayCount = 364) => {
    const days = Array.from({ length: dayCount }, (_, i) => weekdayOf(MONDAY_20250106 + i));
    return {
      firstDay: MONDAY_20250106,
      dayCount,
      storeCount: 1,
      categoryCount: 1,
      units: Float64Array.from(days, (weekday) => (isOpen(weekday) ? unitsADay * worth[weekday]! : 0)),
      open: Uint8Array.from(days, (weekday) => Number(isOpen(weekday))),
    };
  };

  it("are what each weekday sold against the mean day", () => {
    const factors = fitWeekdays(sumsOf(1000, () => true));
    const mean = worth.slice(1).reduce((sum, value) => sum + value, 0) / 7;

    for (let weekday = 1; weekday <= 7; weekday++) near(factors[weekday]!, worth[weekday]! / mean, 0.01);
  });

  it("do not let closing days pull the open ones up or down", () => {
    const factors = fitWeekdays(sumsOf(1000, (weekday) => weekday !== 1));
    const mean = worth.slice(2).reduce((sum, value) => sum + value, 0) / 6;

    for (let weekday = 2; weekday <= 7; weekday++) near(factors[weekday]!, worth[weekday]! / mean, 0.01);
  });

  it("are near 1 where next to nothing is known", () => {
    for (const factor of fitWeekdays(sumsOf(1, () => true, 7)).slice(1)) near(factor, 1, 0.02);
  });

  it("pull a category with few sales to its store", () => {
    const one = sumsOf(1000, () => true);
    const units = new Float64Array(2 * one.dayCount);
    units.set(one.units);
    units.fill(0.01, one.dayCount);
    const factors = fitWeekdays({ ...one, categoryCount: 2, units });

    for (let weekday = 1; weekday <= 7; weekday++) {
      near(factors[WEEKDAY_SLOTS + weekday]!, factors[weekday]!, 0.05, `weekday ${weekday}`);
    }
  });
});

describe("season factors", () => {
  const LAST_DAY = MONDAY_20250106;
  const season = Array.from(
    { length: YEAR_WEEKS },
    (_, week) => 1 + 0.4 * Math.sin((week / 52) * 2 * Math.PI),
  );
  const sums = (weeks: number, unitsAWeek: number, growth = 1): WeeklySums => ({
    lastDay: LAST_DAY,
    units: Float64Array.from(
      { length: weeks },
      (_, week) => unitsAWeek * growth ** (-week / 52) * season[weekOfYear(LAST_DAY - 7 * week - 3)]!,
    ),
    weight: new Float64Array(weeks).fill(7),
  });

  it("come near the season that four years were made with, and keep half of one year's", () => {
    const four = fitSeason(sums(208, 10_000), SEASON_PRIOR_UNITS.category);
    const one = fitSeason(sums(52, 10_000), SEASON_PRIOR_UNITS.category);

    season.forEach((value, week) => near(four[week]!, value ** 0.8, 0.06, `week ${week}`));
    season.forEach((value, week) => near(one[week]!, value ** 0.5, 0.06, `week ${week}`));
  });

  it("do not take steady growth for a season", () => {
    const flat = sums(156, 10_000, 1.2);
    const units = flat.units.map((value, week) => value / season[weekOfYear(LAST_DAY - 7 * week - 3)]!);

    for (const factor of fitSeason({ ...flat, units }, SEASON_PRIOR_UNITS.category)) near(factor, 1, 0.02);
  });

  it("leave an item with few sales at its category's season", () => {
    const category = Float64Array.from(season);
    const item = fitSeason(
      { ...sums(104, 1), units: Float64Array.from({ length: 104 }, (_, week) => (week % 10 === 0 ? 4 : 0)) },
      SEASON_PRIOR_UNITS.item,
      category,
    );

    item.forEach((value, week) => near(value / category[week]!, 1, 0.02));
  });

  it("do not depend on the size of the shop, beyond the prior", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (times) => {
        const small = fitSeason(sums(104, 1000), 10);
        const large = fitSeason(sums(104, 1000 * times), 10 * times);
        small.forEach((value, week) => near(large[week]!, value, 1e-9));
      }),
    );
  });
});
