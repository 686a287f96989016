import assert from "node:assert/strict";
import fc from "fast-check";
import { dayNumber, isoDate, weekdayOf } from "../../../forecasting/calendar/day";
import { isHoliday } from "../../../forecasting/calendar/japan";
import { learnOpening, opensOn } from "../../../forecasting/opening/opening-rules";

const historyOf = (from: string, to: string, isOpen: (day: number) => boolean) => {
  const firstDay = dayNumber(from);
  const length = dayNumber(to) - firstDay + 1;
  return { firstDay, open: Uint8Array.from({ length }, (_, i) => Number(isOpen(firstDay + i))) };
};
const [MONDAY, WEDNESDAY, SATURDAY, SUNDAY] = [1, 3, 6, 7];

describe("opening rules", () => {
  it("learn a weekly closing day from three weeks, and forecast it as closed", () => {
    const rules = learnOpening(historyOf("2026-06-01", "2026-06-21", (day) => weekdayOf(day) !== SATURDAY));

    assert.deepEqual(rules.closedWeekdays, [SATURDAY]);
    assert.equal(opensOn(rules, dayNumber("2026-06-27")), false);
    assert.equal(opensOn(rules, dayNumber("2026-06-28")), true);
  });

  it("notice a new closing day within two months, and forget an old one", () => {
    const change = dayNumber("2026-04-06");
    const rules = learnOpening(
      historyOf("2025-06-01", "2026-06-21", (day) =>
        day < change ? weekdayOf(day) !== MONDAY : weekdayOf(day) !== WEDNESDAY,
      ),
    );

    assert.deepEqual(rules.closedWeekdays, [WEDNESDAY]);
  });

  it("learn that a store closes on holidays", () => {
    const rules = learnOpening(
      historyOf("2025-06-01", "2026-06-21", (day) => !isHoliday(day) && weekdayOf(day) !== SUNDAY),
    );

    assert.equal(rules.holidays, "closed");
    assert.equal(opensOn(rules, dayNumber("2026-07-20")), false, "Marine Day");
    assert.equal(opensOn(rules, dayNumber("2026-07-21")), true);
  });

  it("learn that a store which rests on Mondays opens on a Monday that is a holiday", () => {
    const rules = learnOpening(
      historyOf("2025-06-01", "2026-06-21", (day) => weekdayOf(day) !== MONDAY || isHoliday(day)),
    );

    assert.equal(rules.holidays, "open");
    assert.equal(opensOn(rules, dayNumber("2026-07-20")), true, "a Monday and Marine Day");
    assert.equal(opensOn(rules, dayNumber("2026-07-27")), false);
  });

  it("expect the New Year's closure of last year again, and no other single day", () => {
    const closed = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-03-10"];
    const rules = learnOpening(
      historyOf("2025-06-01", "2026-12-27", (day) => !closed.includes(isoDate(day))),
    );

    assert.deepEqual(rules.closedDates, ["01-01", "01-02", "12-31"]);
    assert.equal(opensOn(rules, dayNumber("2026-12-31")), false);
    assert.equal(opensOn(rules, dayNumber("2027-01-03")), true);
  });

  it("take a closure of seven business days at the end for a lasting one, and a shorter one not", () => {
    const shut = (since: string) =>
      learnOpening(historyOf("2026-01-05", "2026-06-21", (day) => isoDate(day) < since));

    assert.equal(shut("2026-06-15").closedSince, dayNumber("2026-06-15"));
    assert.equal(shut("2026-06-16").closedSince, undefined);
    assert.equal(opensOn(shut("2026-06-15"), dayNumber("2026-06-22")), false);
    assert.equal(opensOn(shut("2026-06-16"), dayNumber("2026-06-22")), true);
  });

  it("learn nothing from a long closure that has ended", () => {
    const rules = learnOpening(
      historyOf(
        "2026-01-05",
        "2026-06-21",
        (day) => weekdayOf(day) !== SUNDAY && (isoDate(day) < "2026-03-01" || isoDate(day) > "2026-06-01"),
      ),
    );

    assert.deepEqual(rules, {
      closedWeekdays: [SUNDAY],
      holidays: undefined,
      closedDates: [],
      closedSince: undefined,
    });
  });

  it("expect every day of a store that never closes, whatever the days are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 800 }),
        fc.integer({ min: 15_000, max: 22_000 }),
        (length, firstDay) => {
          const rules = learnOpening({ firstDay, open: new Uint8Array(length).fill(1) });
          for (let ahead = 0; ahead < 7; ahead++)
            assert.equal(opensOn(rules, firstDay + length + ahead), true);
        },
      ),
    );
  });
});
