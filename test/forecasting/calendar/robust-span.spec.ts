import assert from "node:assert/strict";
import fc from "fast-check";
import { robustSpan, type DayRows } from "../../../forecasting/calendar/robust-span";

/** Days from `first`, with so many rows each. */
const days = (first: number, count: number, rows: number, step = 1): DayRows[] =>
  Array.from({ length: count }, (_, i) => ({ day: first + i * step, rows }));

describe("robustSpan", () => {
  it("does not let one wrong date move either end", () => {
    const shop = days(20_000, 100, 40);

    assert.deepEqual(robustSpan([{ day: 10_957, rows: 2 }, ...shop]), { first: 20_000, last: 20_099 });
    assert.deepEqual(robustSpan([...shop, { day: 20_144, rows: 1 }]), { first: 20_000, last: 20_099 });
    const both = [{ day: 10_957, rows: 1 }, { day: 14_610, rows: 3 }, ...shop, { day: 20_120, rows: 5 }];
    assert.deepEqual(robustSpan(both), { first: 20_000, last: 20_099 });
  });

  it("tells by the gap alone in a shop of one row a day", () => {
    assert.deepEqual(robustSpan([{ day: 10_957, rows: 1 }, ...days(20_000, 24, 1)]), {
      first: 20_000,
      last: 20_023,
    });
  });

  it("keeps a shop that comes back in full, one that is seldom open, and one of few days", () => {
    const reopened = [...days(20_000, 100, 40), ...days(20_145, 1, 38)];
    assert.equal(robustSpan(reopened).last, 20_145);
    const monthly = days(20_000, 12, 2, 30);
    assert.deepEqual(robustSpan(monthly), { first: 20_000, last: 20_330 });
    assert.deepEqual(robustSpan([...days(20_000, 3, 9), ...days(20_300, 1, 1)]), {
      first: 20_000,
      last: 20_300,
    });
  });

  it("leaves at least ten days, whatever they are", () => {
    const entry = fc.record({
      day: fc.integer({ min: 10_957, max: 22_000 }),
      rows: fc.integer({ min: 1, max: 50 }),
    });
    const any = fc.uniqueArray(entry, { selector: ({ day }) => day, minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(any, (found) => {
        const sorted = [...found].sort((a, b) => a.day - b.day);
        const { first, last } = robustSpan(sorted);
        const kept = sorted.filter(({ day }) => day >= first && day <= last);
        assert.ok(kept.length >= Math.min(sorted.length, 10));
      }),
    );
  });
});
