import assert from "node:assert/strict";
import { CATEGORIES, type Category } from "../../../contracts/categories";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { type ActionRecord, isTaken, suppressionOf } from "../../../forecasting/drift/action-record";
import { type ErrorRow, type SegmentKind } from "../../../forecasting/drift/error-row";
import { type MonitorInput, monitorNight } from "../../../forecasting/drift/monitor-night";
import { randomFor } from "../../../forecasting/generator/random";

const FROM = dayNumber("2026-05-11");
const REFERENCE_DAYS = 42;
/** First judged day, far from any holiday. */
const START = FROM + REFERENCE_DAYS;

interface Course {
  /** Error of ordinary days, as a share of sales. */
  readonly wape?: (day: number) => number;
  /** Share of sales by which all of them are forecast too high. */
  readonly bias?: (day: number) => number;
  readonly naive?: (day: number) => number;
  readonly kindOf?: (sku: number, day: number) => SegmentKind;
}

/** Forty SKUs of drinks with 100 units a day each. */
function rowsOf(
  days: number,
  { wape = () => 0.15, bias = () => 0, naive = () => 0.3, kindOf = () => "regular" }: Course,
): ErrorRow[] {
  const random = randomFor(5, "monitor");
  return Array.from({ length: days }, (_, i) => FROM + i).flatMap((day) => {
    const common = Math.exp(0.08 * random.normal());
    return Array.from({ length: 40 }, (_, sku): ErrorRow => {
      const own = common * Math.exp(0.2 * random.normal());
      const absoluteError = 100 * (wape(day) * own + bias(day));
      const sums = {
        cells: 1,
        actual: 100,
        absoluteError,
        // Half of the SKUs over, half under, and all of them over by the bias.
        error: 100 * ((sku % 2 === 0 ? 1 : -1) * wape(day) * own + bias(day)),
        naiveError: 100 * naive(day) * own,
        noise: 8,
      };
      return { day, sku, category: "drinks", kind: kindOf(sku, day), ...sums };
    });
  });
}

const reference = Object.fromEntries(
  CATEGORIES.map((category) => [category, { from: FROM, to: START - 1 }]),
) as Record<Category, { from: number; to: number }>;

/** Night after night, as the platform does. */
function watch(rows: readonly ErrorRow[], nights: number, given: Partial<MonitorInput> = {}): ActionRecord[] {
  let records: readonly ActionRecord[] = [];
  for (let day = START; day < START + nights; day++) {
    const input = { reference, incidentDays: new Set<number>(), faults: [], openRetrains: [], ...given };
    records = monitorNight({ ...input, day, rows, records }).history;
  }
  return [...records];
}

describe("nightly monitor", () => {
  const since = START + 7;
  const decayed = { wape: (day: number) => (day >= since ? 0.21 : 0.15) };

  it("is silent while nothing changes", () => {
    assert.deepEqual(watch(rowsOf(REFERENCE_DAYS + 28, {}), 28), []);
  });

  it("retrains once when ordinary items are forecast worse while seasonal naive is as good as before", () => {
    const records = watch(rowsOf(REFERENCE_DAYS + 28, decayed), 28);

    const [retrain, ...others] = records.filter(isTaken);
    assert.deepEqual([retrain!.action, retrain!.reason, retrain!.scope], ["retrain", "regular", "drinks"]);
    assert.ok(dayNumber(retrain!.day) >= since && dayNumber(retrain!.day) < since + 10, retrain!.day);
    assert.ok(others.every(({ day }) => dayNumber(day) - dayNumber(retrain!.day) >= 14));
  });

  it("sets all forecasts right by one factor where that is all that is wrong", () => {
    const rows = rowsOf(REFERENCE_DAYS + 21, { bias: (day) => (day >= since ? 0.3 : 0) }).map((row) => ({
      ...row,
      absoluteError: Math.abs(row.error),
    }));

    const taken = watch(rows, 21).filter(isTaken);

    assert.deepEqual([...new Set(taken.map(({ action }) => action))], ["recalibrate"]);
    assert.match(taken[0]!.evidence.en, /forecast \d+\.\d % too high throughout/);
  });

  it("does nothing when the period is harder for every method", () => {
    const harder = { ...decayed, naive: (day: number) => (day >= since ? 0.42 : 0.3) };

    const records = watch(rowsOf(REFERENCE_DAYS + 28, harder), 28);

    assert.ok(records.length > 0);
    assert.deepEqual(records.filter(isTaken), []);
    assert.ok(records.every(({ reason }) => reason === "harder-period"));
  });

  it("sends new SKUs to the cold-start path instead of retraining", () => {
    const isNew = (sku: number, day: number) => sku < 6 && day >= since;
    const course: Course = { kindOf: (sku, day) => (isNew(sku, day) ? "new" : "regular") };
    const rows = rowsOf(REFERENCE_DAYS + 21, course).map((row) =>
      isNew(row.sku, row.day) ? { ...row, absoluteError: 60 } : row,
    );

    const actions = watch(
      rows.filter(({ sku, day }) => sku >= 6 || day >= since),
      21,
    )
      .filter(isTaken)
      .map(({ action }) => action);

    assert.deepEqual([...new Set(actions)], ["cold-start"]);
  });

  it("trains nothing for planned offers that did not take place, and says that the plan is wrong", () => {
    const isCalledOff = (sku: number, day: number) => sku < 6 && day >= since;
    const course: Course = { kindOf: (sku, day) => (isCalledOff(sku, day) ? "called-off" : "regular") };
    const rows = rowsOf(REFERENCE_DAYS + 21, course).map((row) =>
      isCalledOff(row.sku, row.day) ? { ...row, absoluteError: 90, error: 90, naiveError: 20 } : row,
    );

    const [first, ...others] = watch(rows, 21);

    assert.deepEqual([first!.reason, first!.action], ["called-off", "none"]);
    assert.ok(others.every(({ action }) => action === "none"));
    assert.match(first!.evidence.en, /planned offers that did not show \+\d.*correct the plan or the prices/);
    assert.match(first!.evidence.ja, /販促計画/);
  });

  it("judges no holiday and no day of an incident", () => {
    const dreadful = (first: number, last: number): Course => ({
      wape: (day) => (day >= first && day <= last ? 0.6 : 0.15),
    });
    const obon = dreadful(dayNumber("2026-08-13"), dayNumber("2026-08-16"));
    const days = dayNumber("2026-08-25") - FROM;
    const storm = dreadful(START + 9, START + 11);

    assert.deepEqual(watch(rowsOf(days, obon), days - REFERENCE_DAYS), []);
    const incidentDays = new Set([START + 9, START + 10, START + 11]);
    assert.deepEqual(watch(rowsOf(REFERENCE_DAYS + 21, storm), 21, { incidentDays }), []);
  });

  it("holds a category with a wrong price file, says so once, and lets nothing else happen to it", () => {
    const fault = {
      kind: "price-file",
      category: "drinks",
      day: START + 1,
      skus: 40,
      changedSkus: 40,
      medianRatio: 10,
    } as const;

    const records = watch(rowsOf(REFERENCE_DAYS + 28, decayed), 28, { faults: [fault] });

    assert.deepEqual(records.filter(isTaken), []);
    assert.equal(records.filter(({ action }) => action === "hold").length, 1);
    assert.ok(records.some(({ suppressedBy }) => suppressedBy === "data-fault"));
  });

  it("keeps one record of a fault that goes on, and begins another when it comes back", () => {
    const silent = (day: number) =>
      ({ kind: "silent-store", store: "S2", day: START + day, expected: 400 }) as const;
    let records: readonly ActionRecord[] = [];
    for (const day of [0, 1, 2, 5, 12]) {
      const input = { reference, incidentDays: new Set<number>(), openRetrains: [], rows: [], records };
      // Yesterday's fault is seen again tonight.
      const faults = [silent(day - 1), silent(day)].filter((fault) => day !== 12 || fault.day === START + 12);
      records = monitorNight({ ...input, faults, day: START + day }).history;
    }

    assert.deepEqual(
      records.map(({ fault }) => [fault!.from, fault!.to]),
      [
        [isoDate(START - 1), isoDate(START + 5)],
        [isoDate(START + 12), isoDate(START + 12)],
      ],
    );
    assert.match(records[0]!.evidence.en, /sold nothing from 2026-06-21 to 2026-06-27/);
    assert.match(records[0]!.evidence.ja, /2026-06-21から2026-06-27まで/);
  });
});

describe("suppression of an action", () => {
  const evidence = { en: "", ja: "" };
  const retrain = (day: number): ActionRecord => ({
    day: isoDate(day),
    scope: "food",
    reason: "regular",
    action: "retrain",
    evidence,
  });

  it("keeps a second retraining from starting while one runs, and for two weeks after the last", () => {
    const open = { records: [], openRetrains: [{ category: "food" as const }] };
    const recent = { records: [retrain(START)], openRetrains: [] };

    assert.equal(suppressionOf(retrain(START), open), "open-retrain");
    assert.equal(suppressionOf(retrain(START + 13), recent), "cooldown");
    assert.equal(suppressionOf(retrain(START + 14), recent), undefined);
    assert.equal(suppressionOf({ ...retrain(START + 3), scope: "daily" }, recent), undefined);
  });
});
