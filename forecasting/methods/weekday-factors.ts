import { weekdayOf } from "../calendar/day";
import { WEEKDAY_SLOTS } from "./method-tables";

/** Units of whole categories by store and day, and the days on which each store was open. */
export interface StoreDaySums {
  readonly firstDay: number;
  readonly dayCount: number;
  readonly storeCount: number;
  readonly categoryCount: number;
  /** Store x category x day. */
  readonly units: Float64Array;
  /** Store x day: 1 when the store sold anything. */
  readonly open: Uint8Array;
}

/** Days before the origin from which weekdays are learned: a year. */
const FIT_DAYS = 364;
/** Units as in the store's mean day that a weekday counts as seen, in the store and in one of its categories. */
const STORE_PRIOR_UNITS = 50;
const CATEGORY_PRIOR_UNITS = 100;

/** Store x category x WEEKDAY_SLOTS: sold to expected of a weekday's open days, the category pulled to its store. */
export function fitWeekdays(sums: StoreDaySums): Float64Array {
  const { storeCount, categoryCount, dayCount } = sums;
  const factors = new Float64Array(storeCount * categoryCount * WEEKDAY_SLOTS).fill(1);
  const from = Math.max(0, dayCount - FIT_DAYS);
  for (let store = 0; store < storeCount; store++) {
    const openDays = new Float64Array(WEEKDAY_SLOTS);
    const units = Array.from({ length: categoryCount }, () => new Float64Array(WEEKDAY_SLOTS));
    for (let day = from; day < dayCount; day++) {
      if (sums.open[store * dayCount + day] === 0) continue;
      const weekday = weekdayOf(sums.firstDay + day);
      openDays[weekday]! += 1;
      units.forEach((of, c) => (of[weekday]! += sums.units[(store * categoryCount + c) * dayCount + day]!));
    }
    const all = new Float64Array(WEEKDAY_SLOTS);
    units.forEach((of) => of.forEach((value, weekday) => (all[weekday]! += value)));
    const whole = ratios(all, openDays, new Float64Array(WEEKDAY_SLOTS).fill(1), STORE_PRIOR_UNITS);
    units.forEach((of, c) => {
      factors.set(
        ratios(of, openDays, whole, CATEGORY_PRIOR_UNITS),
        (store * categoryCount + c) * WEEKDAY_SLOTS,
      );
    });
  }
  return factors;
}

/** Sold to expected by weekday, where the prior says how the week's mean day spreads. */
function ratios(
  units: Float64Array,
  openDays: Float64Array,
  prior: Float64Array,
  priorUnits: number,
): Float64Array {
  let sold = 0;
  let expectedDays = 0;
  units.forEach((value, weekday) => {
    sold += value;
    expectedDays += openDays[weekday]! * prior[weekday]!;
  });
  const level = expectedDays > 0 ? sold / expectedDays : 0;
  return units.map((value, weekday) => {
    const expected = level * openDays[weekday]! * prior[weekday]!;
    return (prior[weekday]! * (value + priorUnits)) / (expected + priorUnits);
  });
}
