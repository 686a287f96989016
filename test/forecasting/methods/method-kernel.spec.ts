import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdayOf } from "../../../forecasting/calendar/day";
import { fillMethods } from "../../../forecasting/methods/method-kernel";
import { type Method, METHODS, newMethodColumns } from "../../../forecasting/methods/method-list";
import {
  methodCalendar,
  type MethodTables,
  weekOfYear,
  WEEKDAY_SLOTS,
  YEAR_WEEKS,
} from "../../../forecasting/methods/method-tables";
import { DAY_STATE, newSeriesDays, resizeSeries } from "../../../forecasting/methods/series-days";

const FIRST_DAY = 20_000;
const { closed, seen, ranOut } = DAY_STATE;
const WEEKDAY_FACTORS = [0, 0.8, 0.9, 1, 1, 1.1, 1.5, 0.7];
const SEASON = Array.from({ length: YEAR_WEEKS }, (_, week) => 1 + 0.3 * Math.sin((week / 52) * 2 * Math.PI));

const tablesWith = (changes: Partial<MethodTables> = {}): MethodTables => ({
  calendar: methodCalendar(FIRST_DAY, FIRST_DAY + 1000),
  categoryCount: 1,
  weekdays: new Float64Array(WEEKDAY_SLOTS).fill(1),
  countsRanOut: false,
  ...changes,
});

interface Day {
  readonly units: number;
  readonly state?: number;
  readonly weight?: number;
}

/** What every method expects of the seven days after the history. */
function forecast(history: readonly Day[], tables: MethodTables, level = 0, factor = 1) {
  const days = newSeriesDays(0);
  resizeSeries(days, history.length);
  days.firstDay = FIRST_DAY;
  history.forEach(({ units, state = seen, weight = 1 }, i) => {
    days.units[i] = units;
    days.states[i] = state;
    days.weights[i] = weight;
  });
  const columns = newMethodColumns(7);
  const rows = (value: number) => new Float32Array(7).fill(value);
  const baseline = { baseline: rows(level * factor), level: rows(level), factor: rows(factor) };
  const run = { origin: history.length - 1, firstTarget: history.length, at: 0, count: 7 };
  fillMethods(tables, { store: 0, category: 0, sku: 0 }, days, run, baseline, columns);
  return (method: Method) => [...columns[method]];
}

const near = (actual: number, expected: number) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

const histories = fc.array(
  fc.record({
    units: fc.integer({ min: 0, max: 40 }),
    state: fc.constantFrom(seen, seen, seen, closed, ranOut),
    weight: fc.double({ min: 0.2, max: 3, noNaN: true }),
  }),
  { minLength: 1, maxLength: 200 },
);

describe("methods of one series", () => {
  it("all expect what a steady item has always sold, and zero expects nothing", () => {
    const of = forecast(
      Array.from({ length: 150 }, () => ({ units: 6 })),
      tablesWith(),
      6,
    );

    for (const method of METHODS) for (const value of of(method)) near(value, method === "zero" ? 0 : 6);
  });

  it("give weekdays and weeks of the year back that the item sells by", () => {
    const worth = (day: number) => WEEKDAY_FACTORS[weekdayOf(day)]! * SEASON[weekOfYear(day)]!;
    const of = forecast(
      Array.from({ length: 300 }, (_, i) => ({ units: 20 * worth(FIRST_DAY + i) })),
      tablesWith({ weekdays: Float64Array.from(WEEKDAY_FACTORS), seasons: Float64Array.from(SEASON) }),
    );

    of("yearly").forEach((value, i) => near(value, 20 * worth(FIRST_DAY + 300 + i)));
  });

  it("smooth as written out: every day forgets 5 % of the ones before", () => {
    fc.assert(
      fc.property(histories, (history) => {
        let [units, weight] = [0, 0];
        history.slice(-112).forEach((day) => {
          [units, weight] = [units * 0.95, weight * 0.95];
          if (day.state === seen) [units, weight] = [units + day.units, weight + 1];
        });
        for (const value of forecast(history, tablesWith())("smoothed"))
          near(value, weight > 0 ? units / weight : 0);
      }),
    );
  });

  it("start a new series from the baseline's level as from five days, and forget them like days", () => {
    const history = [{ units: 9 }, { units: 3 }];
    const start = 5 * 0.95 ** 2;

    near(forecast(history, tablesWith(), 4)("smoothed")[0]!, (3 + 0.95 * 9 + start * 4) / (1 + 0.95 + start));
  });

  it("follow the baseline's factors on a level that holds ten days of the baseline's own", () => {
    const history = [
      { units: 8, weight: 2 },
      { units: 5, weight: 1 },
    ];
    const level = (5 + 0.95 * 8 + 10 * 4) / (1 + 0.95 * 2 + 10);

    near(forecast(history, tablesWith(), 4, 1.5)("followed baseline")[0]!, level * 1.5);
  });

  it("update chance and size of a sale as Teunter, Syntetos and Babai do", () => {
    const history = Array.from({ length: 60 }, (_, i) => ({ units: i % 5 === 0 ? 1 + (i % 3) : 0 }));
    const first = history.slice(0, 28);
    let chance = first.filter(({ units }) => units > 0).length / 28;
    let size = first.reduce((sum, { units }) => sum + units, 0) / (28 * chance);
    for (const { units } of history) {
      if (units > 0) {
        size += 0.1 * (units - size);
        chance += 0.05 * (1 - chance);
      } else chance -= 0.05 * chance;
    }

    for (const value of forecast(history, tablesWith())("intermittent")) near(value, chance * size);
  });

  it("average the last 28 days, as far as the store was open on them", () => {
    const history = [
      ...Array.from({ length: 30 }, () => ({ units: 50 })),
      ...Array.from({ length: 28 }, (_, i) => (i % 7 === 0 ? { units: 0, state: closed } : { units: 4 })),
    ];

    for (const value of forecast(history, tablesWith())("moving average")) near(value, 4);
  });

  it("repeat the latest open day of the same weekday", () => {
    const history = Array.from({ length: 21 }, (_, i) => ({ units: i, state: i === 15 ? closed : seen }));

    assert.deepEqual(forecast(history, tablesWith())("seasonal naive"), [14, 8, 16, 17, 18, 19, 20]);
  });

  it("leave reported stock-outs out and count inferred ones as days without a sale", () => {
    const history = Array.from({ length: 28 }, (_, i) =>
      i % 2 === 0 ? { units: 10 } : { units: 0, state: ranOut },
    );

    near(forecast(history, tablesWith())("moving average")[0]!, 10);
    near(forecast(history, tablesWith({ countsRanOut: true }))("moving average")[0]!, 5);
  });

  it("are never negative, never undefined, and twice as high for twice the sales", () => {
    // Levels are 32-bit floats, as the baseline's columns are: another number would be 0 there, and its double not.
    fc.assert(
      fc.property(histories, fc.float({ min: 0, max: 50, noNaN: true }), (history, level) => {
        const once = forecast(history, tablesWith(), level);
        const twice = forecast(
          history.map((day) => ({ ...day, units: 2 * day.units })),
          tablesWith(),
          2 * level,
        );
        for (const method of METHODS) {
          once(method).forEach((value, i) => {
            assert.ok(value >= 0);
            near(twice(method)[i]!, 2 * value);
          });
        }
      }),
    );
  });

  it("read nothing after the origin", () => {
    fc.assert(
      fc.property(histories, histories, (past, future) => {
        const days = newSeriesDays(past.length + future.length);
        const columns = newMethodColumns(7);
        const rows = new Float32Array(7).fill(3);
        resizeSeries(days, past.length + future.length);
        days.firstDay = FIRST_DAY;
        [...past, ...future].forEach(({ units, state, weight }, i) => {
          [days.units[i], days.states[i], days.weights[i]] = [units, state, weight];
        });
        const run = { origin: past.length - 1, firstTarget: past.length, at: 0, count: 7 };
        const baseline = { baseline: rows, level: rows, factor: new Float32Array(7).fill(1) };
        fillMethods(tablesWith(), { store: 0, category: 0, sku: 0 }, days, run, baseline, columns);
        const alone = forecast(past, tablesWith(), 3);
        for (const method of METHODS) assert.deepEqual([...columns[method]], alone(method));
      }),
    );
  });

  it("take the baseline where nothing is known of a series yet", () => {
    const days = newSeriesDays(0);
    days.firstDay = FIRST_DAY + 10;
    const columns = newMethodColumns(3);
    const rows = (value: number) => new Float32Array(3).fill(value);
    const baseline = { baseline: rows(6), level: rows(4), factor: rows(1.5) };
    const run = { origin: -4, firstTarget: 0, at: 0, count: 3 };
    fillMethods(tablesWith(), { store: 0, category: 0, sku: 0 }, days, run, baseline, columns);

    assert.deepEqual([...columns["SQL baseline"]], [6, 6, 6]);
    assert.deepEqual([...columns["followed baseline"]], [6, 6, 6]);
    assert.deepEqual([...columns.smoothed], [4, 4, 4]);
  });
});
