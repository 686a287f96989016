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
  readonly naive?: (day: number) => number;
  readonly kindOf?: (sku: number, day: number) => SegmentKind;
}

/** Forty SKUs of drinks with 100 units a day each. */
function rowsOf(
  days: number,
  { wape = () => 0.15, naive = () => 0.3, kindOf = () => "regular" }: Course,
): ErrorRow[] {
  const random = randomFor(5, "monitor");
  return Array.from({ length: days }, (_, i) => FROM + i).flatMap((day) => {
    const common = Math.exp(0.08 * random.normal());
    return Array.from({ length: 40 }, (_, sku): ErrorRow => {
      const own = common * Math.exp(0.2 * random.normal());
      const absoluteError = 100 * wape(day) * own;
      const sums = {
        cells: 1,
        actual: 100,
        absoluteError,
        error: 0,
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
  const records: ActionRecord[] = [];
  for (let day = START; day < START + nights; day++) {
    const input = { reference, incidentDays: new Set<number>(), faults: [], openRetrains: [], ...given };
    records.push(...monitorNight({ ...input, day, rows, records }).records);
  }
  return records;
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
