import assert from "node:assert/strict";
import fc from "fast-check";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import {
  calendarDay,
  daysSincePayday,
  isBankHoliday,
  isBridgeDay,
  isHoliday,
  paydayOf,
  seasonOf,
} from "../../../forecasting/calendar/japan";

describe("the Japanese calendar", () => {
  it("knows moved, citizens' and Olympic holidays", () => {
    for (const day of ["2026-11-23", "2026-09-22", "2025-05-06", "2021-07-22", "2020-07-24"]) {
      assert.equal(isHoliday(dayNumber(day)), true, day);
    }
    for (const day of ["2021-07-19", "2026-11-24", "2020-10-12"]) {
      assert.equal(isHoliday(dayNumber(day)), false, day);
    }
  });

  it("pays on the 25th or on the business day before it", () => {
    const paydays = [
      [2026, 1, "2026-01-23"],
      [2026, 4, "2026-04-24"],
      [2026, 7, "2026-07-24"],
      [2026, 10, "2026-10-23"],
      [2024, 2, "2024-02-22"],
      [2026, 12, "2026-12-25"],
    ] as const;

    for (const [year, month, day] of paydays) assert.equal(isoDate(paydayOf(year, month)), day);
  });

  it("counts the days since the payday across a month's and a year's end", () => {
    assert.equal(daysSincePayday(dayNumber("2026-11-25")), 0);
    assert.equal(daysSincePayday(dayNumber("2026-11-24")), 32);
    assert.equal(daysSincePayday(dayNumber("2027-01-05")), 11);
  });

  it("never pays on a bank holiday nor counts more than 35 days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1980, max: 2049 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        assert.equal(isBankHoliday(paydayOf(year, month)), false);
      }),
    );
    for (let day = dayNumber("2000-01-01"); day < dayNumber("2040-01-01"); day++) {
      const since = daysSincePayday(day);
      assert.ok(since >= 0 && since <= 35, `${isoDate(day)}: ${since}`);
    }
  });

  it("calls a working day between two days off a bridge day", () => {
    assert.equal(isBridgeDay(dayNumber("2026-05-01")), false);
    assert.equal(isBridgeDay(dayNumber("2027-05-06")), false);
    assert.equal(isBridgeDay(dayNumber("2025-04-28")), true);
    assert.equal(isBridgeDay(dayNumber("2025-04-29")), false);
  });

  it("knows Golden Week, Obon and the year's end", () => {
    const seasons = [
      "2026-04-28",
      "2026-04-29",
      "2026-05-06",
      "2024-05-06",
      "2027-05-06",
      "2026-08-13",
      "2026-12-31",
      "2027-01-04",
    ];

    assert.deepEqual(
      seasons.map((day) => seasonOf(dayNumber(day))),
      [0, 1, 1, 1, 0, 2, 3, 0],
    );
  });

  it("puts one day's facts together", () => {
    assert.deepEqual(calendarDay(dayNumber("2026-11-23")), {
      day: dayNumber("2026-11-23"),
      weekday: 1,
      month: 11,
      isHoliday: true,
      isBridgeDay: false,
      daysSincePayday: 31,
      season: 0,
    });
  });
});
