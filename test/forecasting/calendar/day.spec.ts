import assert from "node:assert/strict";
import fc from "fast-check";
import {
  dayNumber,
  dayNumberOf,
  dayOfYear,
  isoDate,
  monthOf,
  weekdayOf,
} from "../../../forecasting/calendar/day";

describe("day numbers", () => {
  it("count from 1970-01-01, a Thursday", () => {
    assert.equal(dayNumber("1970-01-01"), 0);
    assert.equal(weekdayOf(0), 4);
    assert.equal(weekdayOf(dayNumber("2026-11-23")), 1);
    assert.equal(weekdayOf(-1), 3);
  });

  it("come back as the same date, whatever the day", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 60_000 }), (day) => {
        assert.equal(dayNumber(isoDate(day)), day);
        assert.equal(weekdayOf(day + 7), weekdayOf(day));
      }),
    );
  });

  it("reject what is not a day", () => {
    for (const text of ["2026-02-29", "2026-13-01", "26-01-01", "2026/01/01", ""]) {
      assert.throws(() => dayNumber(text), /is not a date: write YYYY-MM-DD/);
    }
    assert.equal(dayNumberOf(2026, 4, 31), undefined);
    assert.equal(dayNumberOf(99, 1, 1), undefined);
  });

  it("know the month and the day of the year, leap years included", () => {
    assert.equal(monthOf(dayNumber("2026-11-23")), 11);
    assert.equal(dayOfYear(dayNumber("2024-12-31")), 366);
    assert.equal(dayOfYear(dayNumber("2026-01-01")), 1);
  });
});
