import assert from "node:assert/strict";
import { dayNumber, weekdayOf } from "../../../forecasting/calendar/day";
import { isSpecialDay } from "../../../forecasting/drift/is-special-day";
import { ordinaryWeeks } from "../../../forecasting/drift/ordinary-weeks";

describe("ordinary weeks", () => {
  it("are the last five weeks where nothing is special", () => {
    const day = dayNumber("2026-06-30");

    const { week, before } = ordinaryWeeks(day, isSpecialDay);

    const sorted = (days: readonly number[]) => [...days].sort((a, b) => a - b);
    assert.deepEqual(
      sorted(week),
      [6, 5, 4, 3, 2, 1, 0].map((i) => day - i),
    );
    assert.deepEqual(
      sorted(before),
      Array.from({ length: 28 }, (_, i) => day - 34 + i),
    );
  });

  for (const date of ["2026-05-05", "2026-05-12", "2026-08-16", "2026-09-23", "2027-01-03", "2027-01-20"]) {
    it(`hold each weekday once and four times, and no holiday, on ${date}`, () => {
      const { week, before } = ordinaryWeeks(dayNumber(date), isSpecialDay);

      assert.deepEqual(week.map(weekdayOf), [1, 2, 3, 4, 5, 6, 7]);
      assert.equal(before.length, 28);
      assert.equal(new Set([...week, ...before]).size, 35);
      assert.deepEqual([...week, ...before].filter(isSpecialDay), []);
    });
  }
});
