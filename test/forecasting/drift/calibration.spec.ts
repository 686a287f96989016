import assert from "node:assert/strict";
import { CATEGORIES, type Category } from "../../../contracts/categories";
import { dayNumber } from "../../../forecasting/calendar/day";
import { type ActionRecord, isTaken } from "../../../forecasting/drift/action-record";
import { type Calibration, CALIBRATION_BOUND, levelFactor } from "../../../forecasting/drift/calibration";
import type { ErrorRow, SegmentKind } from "../../../forecasting/drift/error-row";
import { sumErrors } from "../../../forecasting/drift/error-sums";
import { monitorNight } from "../../../forecasting/drift/monitor-night";
import { randomFor } from "../../../forecasting/generator/random";

const FROM = dayNumber("2026-05-11");
const START = FROM + 42;
const BIASED_FROM = START + 4;
/** A night publishes with what the one before has measured; its first day is the one after next. */
const LEAD_DAYS = 2;

interface Course {
  /** What the model forecasts is too high by, as a share of sales. */
  readonly bias: (day: number) => number;
  readonly nights: number;
  readonly version?: (day: number) => string;
}

/** Forty SKUs of drinks, one of them on offer and one new, night by night, with what the monitor decides carried out. */
function watch({ bias, nights, version = () => "first" }: Course) {
  const random = randomFor(3, "calibration");
  const rows: ErrorRow[] = [];
  const published = new Map<number, readonly Calibration[]>();
  let records: readonly ActionRecord[] = [];
  for (let day = FROM; day < START + nights; day++) {
    const used = published.get(day - LEAD_DAYS)?.filter((each) => each.version === version(day)) ?? [];
    const common = Math.exp(0.04 * random.normal());
    for (let sku = 0; sku < 40; sku++) {
      const kind: SegmentKind = sku === 0 ? "promoted" : sku === 1 ? "new" : "regular";
      const calibration = kind === "regular" ? (used[0]?.factor ?? 1) : 1;
      const actual = 100 * common * Math.exp(0.12 * random.normal());
      const error = 100 * (1 + bias(day)) * calibration - actual;
      const sums = { cells: 1, actual, error, absoluteError: Math.abs(error), naiveError: 30, noise: 8 };
      rows.push({ day, sku, category: "drinks", kind, calibration, ...sums });
    }
    if (day < START) continue;
    const span = { from: FROM, to: START - 1 };
    const reference = Object.fromEntries(CATEGORIES.map((name) => [name, span])) as Record<
      Category,
      typeof span
    >;
    const given = { reference, incidentDays: new Set<number>(), faults: [], openRetrains: [], records };
    const night = monitorNight({ ...given, day, rows, champions: { drinks: version(day) } });
    records = night.history;
    published.set(day, night.calibrations);
  }
  const regular = (first: number, last: number) =>
    sumErrors(rows.filter(({ day, kind }) => kind === "regular" && day >= first && day <= last));
  const biasOf = (first: number, last = first) => {
    const { actual, error } = regular(first, last);
    return error / actual;
  };
  return { records: records.filter(isTaken), rows, published, biasOf };
}

describe("a level that is set right", () => {
  const step = (size: number) => (day: number) => (day >= BIASED_FROM ? size : 0);

  for (const size of [0.15, -0.15]) {
    it(`takes a bias of ${size * 100} % away within a few nights, and no more than that`, () => {
      const { records, biasOf, published, rows } = watch({ bias: step(size), nights: 24 });

      const [first, ...others] = records;
      assert.deepEqual([first!.action, first!.scope, others.length], ["recalibrate", "drinks", 0]);
      const decided = dayNumber(first!.day);
      assert.ok(decided - BIASED_FROM <= 6, first!.day);
      const after = biasOf(decided + 7, START + 23);
      assert.ok(Math.abs(after) < 0.02, `${after}`);
      const factors = [...published.values()].flatMap((all) => all.map(({ factor }) => factor));
      assert.ok(factors.every((factor) => Math.abs(Math.log(factor)) <= Math.abs(Math.log(1 + size)) + 0.03));
      assert.match(first!.evidence.en, /multiplied by \d\.\d\d \(by 25 % at most\)/);
      assert.match(first!.evidence.ja, /\d\.\d\dを掛けて補正/);
      // What was not measured is not touched.
      assert.ok(rows.every(({ kind, calibration }) => kind === "regular" || calibration === 1));
    });
  }

  it("is measured against the forecasts without it: it neither adds up nor takes itself back", () => {
    const { published } = watch({ bias: step(0.15), nights: 28 });

    const late = [...published].filter(([day]) => day >= START + 20).flatMap(([, all]) => all);
    assert.equal(late.length, 8);
    for (const { factor } of late) assert.ok(Math.abs(factor - 1 / 1.15) < 0.03, `${factor}`);
  });

  it("goes with the bias when the model has learned the level by itself", () => {
    const { biasOf, published } = watch({
      bias: (day) => (day >= BIASED_FROM && day < BIASED_FROM + 12 ? 0.15 : 0),
      nights: 30,
    });

    // Two deviations of what five days differ by themselves.
    assert.ok(Math.abs(biasOf(BIASED_FROM + 21, START + 29)) < 0.04);
    const last = [...published.values()].at(-1)![0]?.factor ?? 1;
    assert.ok(Math.abs(last - 1) < 0.02, `${last}`);
  });

  it("ends with the version whose forecasts it was measured on", () => {
    const changed = BIASED_FROM + 14;
    const { published } = watch({
      bias: (day) => (day >= BIASED_FROM && day < changed ? 0.15 : 0),
      nights: 24,
      version: (day) => (day >= changed ? "second" : "first"),
    });

    const ofDays = [...published].filter(([, all]) => all.length > 0).map(([day]) => day);
    assert.ok(ofDays.length > 5);
    assert.equal(Math.max(...ofDays), changed - 1);
  });

  it("ends after four weeks, and is decided about anew where the bias is still there", () => {
    const { records } = watch({ bias: step(0.15), nights: 50 });

    const days = records.map(({ action, day }) => {
      assert.equal(action, "recalibrate");
      return dayNumber(day);
    });
    assert.ok(days.length >= 2);
    for (const [i, day] of days.slice(1).entries()) assert.ok(day - days[i]! >= 28);
  });

  it("changes nothing where nothing was decided, and never by more than its bound", () => {
    const calm = watch({ bias: () => 0, nights: 20 });
    assert.deepEqual([...calm.published.values()].flat(), []);

    const { rows } = watch({ bias: step(0.8), nights: 14 });
    assert.equal(
      levelFactor(rows, START + 13, () => false),
      1 - CALIBRATION_BOUND,
    );
    assert.ok(rows.every(({ calibration }) => calibration! >= 1 - CALIBRATION_BOUND));
  });
});
