import assert from "node:assert/strict";
import type { ErrorRow } from "../../../forecasting/drift/error-row";
import { sumErrors } from "../../../forecasting/drift/error-sums";
import { echoLimits, errorWithoutEcho } from "../../../forecasting/drift/holiday-echo";

const HOLIDAYS = [30, 31, 32, 33, 34, 35, 36, 37];

/** Two SKUs of 100 units a day; a model whose level is the mean of the last 28 days. */
function daysOf(sold: (day: number) => number) {
  return Array.from({ length: 90 }, (_, day) => {
    const past = Array.from({ length: Math.min(day, 28) }, (_unused, i) => sold(day - 1 - i));
    const level = past.length > 0 ? past.reduce((sum, units) => sum + units, 0) / past.length : sold(day);
    const rows = [1, 2].map((sku): ErrorRow => {
      const error = level - sold(day);
      const sums = { cells: 1, actual: sold(day), error, absoluteError: Math.abs(error), naiveError: 0 };
      return { day, sku, category: "food", kind: "regular", noise: 0, ...sums };
    });
    return { day, rows, isSpecial: HOLIDAYS.includes(day), sums: sumErrors(rows) };
  });
}

const leftOf = (days: ReturnType<typeof daysOf>) => {
  const limits = echoLimits(days);
  return days.map(({ rows, sums }, i) => errorWithoutEcho(rows, sums, limits[i]!));
};

describe("echo of a holiday", () => {
  for (const factor of [1.8, 0.4]) {
    it(`is all of the error of the weeks after holidays that sold ${factor} times as much`, () => {
      const days = daysOf((day) => (HOLIDAYS.includes(day) ? 100 * factor : 100));

      const left = leftOf(days);

      assert.ok(days[40]!.sums.absoluteError > 20);
      for (let day = 38; day < 90; day++) assert.ok(left[day]! < 1e-9, `${day}: ${left[day]}`);
    });
  }

  it("excuses neither what exceeds it nor the other direction", () => {
    const days = daysOf((day) => (HOLIDAYS.includes(day) ? 180 : day > 45 ? 50 : 100));
    const rising = daysOf((day) => (HOLIDAYS.includes(day) ? 180 : day > 45 ? 200 : 100));

    assert.ok(leftOf(days)[46]! > 0.6 * days[46]!.sums.absoluteError);
    assert.equal(leftOf(rising)[46], rising[46]!.sums.absoluteError);
  });

  for (const factor of [1.8, 0.4]) {
    it(`does not hide a bias of its direction that begins weeks after holidays of ${factor}`, () => {
      // A model that does not look back on holidays, and whose forecasts are off by a tenth from day 50 on.
      const bias = factor > 1 ? 10 : -10;
      const days = daysOf(() => 100).map(({ day, isSpecial }) => {
        const sold = isSpecial ? 100 * factor : 100;
        const error = (isSpecial ? 100 - sold : 0) + (day >= 50 ? bias : 0);
        const sums = {
          cells: 1,
          actual: sold,
          error,
          absoluteError: Math.abs(error),
          naiveError: 0,
          noise: 0,
        };
        const rows: ErrorRow[] = [{ day, sku: 1, category: "food", kind: "regular", ...sums }];
        return { day, rows, isSpecial, sums };
      });

      const left = leftOf(days);

      for (let day = 50; day < 90; day++) assert.ok(Math.abs(left[day]! - 10) < 1e-9, `${day}: ${left[day]}`);
    });
  }

  it("hides one that begins with the holidays for the six weeks of their memory, and no longer", () => {
    const days = daysOf((day) => (HOLIDAYS.includes(day) ? 180 : 100)).map(({ sums, ...of }) => {
      const error = of.day < 38 ? sums.error : 2 * 15;
      const rows = of.rows.map((row) => ({ ...row, error: error / 2, absoluteError: error / 2 }));
      return { ...of, rows, sums: sumErrors(rows) };
    });

    const left = leftOf(days);

    assert.ok(left[50]! < 1e-9 && left[70]! < 1e-9);
    assert.ok(left[37 + 43]! > 29, `${left[80]}`);
  });

  it("is nothing where no holiday was", () => {
    const days = daysOf((day) => 100 + (day % 7));

    const special = days.map((day) => ({ ...day, isSpecial: false }));

    assert.deepEqual(
      leftOf(special),
      days.map(({ sums }) => sums.absoluteError),
    );
  });
});
