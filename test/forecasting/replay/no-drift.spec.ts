import assert from "node:assert/strict";
import { dayNumber } from "../../../forecasting/calendar/day";
import { isTaken } from "../../../forecasting/drift/action-record";
import { sumErrors, wapeOf } from "../../../forecasting/drift/error-sums";
import type { Scenario } from "../../../forecasting/generator/scenario";
import type { FileErrors } from "../../../forecasting/replay/file-errors";
import { quarterWorld } from "../../../forecasting/replay/quarter-scenario";
import { type Replay, replayQuarter } from "../../../forecasting/replay/replay-quarter";
import { drawSales, type SalesMatrix } from "../../../forecasting/replay/sales-matrix";

const SIZE = { stores: 10, skus: 120, seed: 1 } as const;
/** Days of the world before the quarter that is watched. */
const BEFORE = 84;

/** No SKU is new: launches have their own alarm. */
const NO_LAUNCH = {
  count: 1,
  from: "2020-01-01",
  to: "2020-01-01",
  alone: "2020-01-01",
  logPopularity: 0,
} as const;

/** Sales are drawn once where only the files differ. */
const drawn = new Map<string, SalesMatrix>();

function replay(from: string, scenario: Scenario, errors: FileErrors = {}): Replay {
  const key = JSON.stringify([from, scenario]);
  const world = () => quarterWorld({ ...SIZE, from, scenario: { launch: NO_LAUNCH, ...scenario } });
  const sales = drawn.get(key) ?? drawSales(world());
  drawn.set(key, sales);
  return replayQuarter({ sales, trainedTo: 42, monitoredFrom: BEFORE, acts: true, errors });
}

const within = (first: string, last: string) => (day: number) =>
  day >= dayNumber(first) && day <= dayNumber(last);

const wapeOn = ({ rows }: Replay, isDay: (day: number) => boolean) =>
  wapeOf(sumErrors(rows.filter(({ day }) => isDay(day)))).value!;

const triggersOf = ({ nights }: Replay) =>
  nights.flatMap(({ day, result }) =>
    result.findings.flatMap(({ trigger, category }) => (trigger ? [`${day} ${category} ${trigger}`] : [])),
  );

describe("days that everyone knows to be different", function () {
  this.timeout(200_000);

  for (const { name, quarter, from, to } of [
    { name: "Obon", quarter: "2026-07-25", from: "2026-08-13", to: "2026-08-16" },
    { name: "Golden Week", quarter: "2026-04-05", from: "2026-04-29", to: "2026-05-06" },
    { name: "the turn of the year", quarter: "2026-12-05", from: "2026-12-29", to: "2027-01-03" },
    { name: "a week of three holidays", quarter: "2026-09-01", from: "2026-09-21", to: "2026-09-23" },
  ]) {
    it(`raise no alarm on ${name}, though the forecasts fail there`, () => {
      const surprised = replay(quarter, { surprise: { from, to, logFactor: 0.6 } });

      const usual = wapeOn(surprised, (day) => day < dayNumber(quarter));
      const festive = wapeOn(surprised, within(from, to));
      assert.ok(festive > 1.3 * usual, `${festive} against ${usual}`);
      assert.deepEqual(triggersOf(surprised), []);
      assert.deepEqual(surprised.records, []);
    });
  }

  it("raise an alarm where the same happens for three weeks outside any holiday", () => {
    const surprised = replay("2026-07-25", {
      surprise: { from: "2026-08-20", to: "2026-09-09", logFactor: 0.6 },
    });

    assert.ok(triggersOf(surprised).length > 0);
  });

  it("raise neither an alarm nor a fault when a typhoon stops an area", () => {
    const [from, to] = ["2026-09-28", "2026-09-29"];
    const { stores } = quarterWorld({ ...SIZE, from: "2026-09-01", scenario: {} });
    const areas = stores.map(({ area }) => area);
    const area = areas.find((one) => areas.filter((other) => other === one).length >= 3)!;

    const stormy = replay("2026-09-01", { storm: { from, to, area, logFactor: -3 } });

    const usual = wapeOn(stormy, (day) => day < dayNumber("2026-09-01"));
    assert.ok(wapeOn(stormy, within(from, to)) > 1.3 * usual);
    assert.deepEqual(triggersOf(stormy), []);
    assert.deepEqual(stormy.records, []);
  });
});

describe("files that are wrong", function () {
  this.timeout(200_000);

  const from = "2026-07-25";
  const day = BEFORE + 33;

  const obon = { surprise: { from: "2026-08-13", to: "2026-08-16", logFactor: 0.6 } };

  for (const { name, errors, kind, holds, scenario = {} } of [
    {
      name: "a price file with a slipped decimal point",
      errors: { prices: { category: "food", day, every: 3, factor: 10 } },
      kind: /shelf prices/i,
      holds: ["food"],
    },
    {
      name: "a store that stops sending for three days",
      errors: { silent: { store: 2, from: day, to: day + 2 } },
      kind: /sold nothing/,
      holds: ["store"],
    },
    {
      name: "a till that books on the day before",
      errors: { clock: { store: 2, day } },
      kind: /clock of a till is wrong/,
      holds: ["store"],
    },
    {
      name: "a till that books on the day before, in an Obon that nobody foretold",
      errors: { clock: { store: 2, day: dayNumber("2026-08-14") - dayNumber(from) + BEFORE } },
      kind: /What store \S+ sold on 2026-08-14 was booked a day early.*clock of a till is wrong/,
      holds: ["store"],
      scenario: obon,
    },
  ] satisfies { name: string; errors: FileErrors; kind: RegExp; holds: string[]; scenario?: Scenario }[]) {
    it(`hold what they concern, and call ${name} no drift`, () => {
      const { records } = replay(from, scenario, errors);

      assert.deepEqual(records.filter(isTaken), []);
      assert.equal(records.length, 1);
      for (const { action, reason, scope, evidence } of records) {
        assert.deepEqual([action, reason, scope.split(" ")[0]], ["hold", "data-fault", holds[0]]);
        assert.match(evidence.en, kind);
      }
    });
  }
});
