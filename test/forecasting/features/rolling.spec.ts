import assert from "node:assert/strict";
import fc from "fast-check";
import {
  fillHistory,
  loadSeries,
  newSeriesSums,
  type HistoryColumns,
} from "../../../forecasting/features/rolling";
import { SeriesBlockBuilder } from "../../../forecasting/features/series-block";

/** One day of a series: units, or undefined when it was not observed. */
interface Day {
  readonly units: number | undefined;
  readonly isPromoted: boolean;
}

const FIRST_DAY = 20_000;

function fill(days: readonly Day[], targets: number): HistoryColumns & { readonly labels: Float32Array } {
  const builder = new SeriesBlockBuilder(days.length);
  const ids = new Int32Array(days.length).fill(1);
  const numbers = Int32Array.from(days, (_, i) => FIRST_DAY + i);
  const packed = Int32Array.from(days, (day) => (day.units ?? -1) * 2 + Number(day.isPromoted));
  builder.add(ids, ids, numbers, packed, days.length);
  const sums = newSeriesSums();
  loadSeries(sums, builder.finish(), 0, FIRST_DAY + days.length - 1);
  const column = () => new Float32Array(targets);
  const out = {
    lag7: column(),
    lag14: column(),
    lag28: column(),
    mean7: column(),
    std7: column(),
    mean14: column(),
    std14: column(),
    mean28: column(),
    std28: column(),
    mean112: column(),
    weekdayMean: column(),
    promoShare28: column(),
    labels: column(),
  };
  fillHistory(sums, 0, targets, out, out.labels, 0);
  return out;
}

/** Units of the observed days among positions from `to - count + 1` to `to`. */
function observed(days: readonly Day[], to: number, count: number): number[] {
  return days
    .slice(Math.max(0, to - count + 1), Math.max(0, to + 1))
    .flatMap(({ units }) => (units === undefined ? [] : [units]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function assertClose(actual: number | undefined, expected: number, what: string): void {
  const isSame = Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs((actual ?? NaN) - expected) < 1e-4;
  assert.ok(isSame, `${what}: ${actual} instead of ${expected}`);
}

const anyDays = fc.array(
  fc.record({
    units: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.constant(undefined)),
    isPromoted: fc.boolean(),
  }),
  { minLength: 1, maxLength: 150 },
);

describe("fillHistory", () => {
  it("agrees with windows that are cut out and counted one by one, up to seven days after the end", () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const rows = fill(days, days.length + 7);

        for (let t = 0; t < days.length + 7; t++) {
          const windows = [7, 14, 28, 112].map((count) => observed(days, t - 7, count)) as number[][];
          const sameWeekday = [7, 14, 21, 28].flatMap((lag) => observed(days, t - lag, 1));
          const past = days.slice(Math.max(0, t - 34), Math.max(0, t - 6));
          assertClose(rows.lag7[t], observed(days, t - 7, 1)[0] ?? NaN, `lag 7 at ${t}`);
          assertClose(rows.lag14[t], observed(days, t - 14, 1)[0] ?? NaN, `lag 14 at ${t}`);
          assertClose(rows.lag28[t], observed(days, t - 28, 1)[0] ?? NaN, `lag 28 at ${t}`);
          assertClose(rows.mean7[t], mean(windows[0] ?? []), `mean 7 at ${t}`);
          assertClose(rows.std7[t], deviation(windows[0] ?? []), `deviation 7 at ${t}`);
          assertClose(rows.mean14[t], mean(windows[1] ?? []), `mean 14 at ${t}`);
          assertClose(rows.std14[t], deviation(windows[1] ?? []), `deviation 14 at ${t}`);
          assertClose(rows.mean28[t], mean(windows[2] ?? []), `mean 28 at ${t}`);
          assertClose(rows.std28[t], deviation(windows[2] ?? []), `deviation 28 at ${t}`);
          assertClose(rows.mean112[t], mean(windows[3] ?? []), `mean 112 at ${t}`);
          assertClose(rows.weekdayMean[t], mean(sameWeekday), `weekday mean at ${t}`);
          assertClose(rows.promoShare28[t], mean(past.map((day) => Number(day.isPromoted))), `share at ${t}`);
          assertClose(rows.labels[t], days[t]?.units ?? NaN, `label at ${t}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("scales with the units: lags, means and deviations of tripled sales are tripled", () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const tripled = days.map((day) => ({
          ...day,
          units: day.units === undefined ? undefined : 3 * day.units,
        }));
        const once = fill(days, days.length);
        const thrice = fill(tripled, days.length);

        for (let t = 0; t < days.length; t++) {
          assertClose((thrice.mean28[t] ?? 0) / 3, once.mean28[t] ?? 0, "mean");
          assertClose((thrice.std28[t] ?? 0) / 3, once.std28[t] ?? 0, "deviation");
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has no deviation in a constant series", () => {
    const rows = fill(
      Array.from({ length: 60 }, () => ({ units: 7, isPromoted: false })),
      60,
    );

    assert.equal(rows.std28[59], 0);
    assert.equal(rows.mean28[59], 7);
  });
});
