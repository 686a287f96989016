import { CATEGORIES, type Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../calendar/day";
import { type ActionRecord, isNews, isTaken, type OpenRetrain, suppressionOf } from "./action-record";
import {
  type Calibration,
  calibrationsOf,
  type Champions,
  levelFactor,
  openCalibrations,
} from "./calibration";
import type { DataFault } from "./data-faults";
import type { ErrorRow } from "./error-row";
import { calibrationWords, joinWords, type Words } from "./evidence";
import { withHolds } from "./hold-records";
import { isSpecialDay } from "./is-special-day";
import { type CategoryFinding, judgeCategory } from "./judge-category";
import type { KindDay } from "./store-kinds";

/** Days of the model version's reference, both included. */
export interface ReferenceDays {
  readonly from: number;
  readonly to: number;
}

export interface MonitorInput {
  /** The night's last day with sales. */
  readonly day: number;
  /** Errors up to it, in any order, days and stores of known faults left out. */
  readonly rows: readonly ErrorRow[];
  /** By category: days of the model version that serves it. */
  readonly reference: Readonly<Record<Category, ReferenceDays>>;
  /** Days of a typhoon or the like. */
  readonly incidentDays: ReadonlySet<number>;
  /** Faults that are not corrected yet. */
  readonly faults: readonly DataFault[];
  /** Earlier decisions, oldest first. */
  readonly records: readonly ActionRecord[];
  readonly openRetrains: readonly OpenRetrain[];
  /** The same errors by kind of store, for the words. @default none */
  readonly kindDays?: readonly KindDay[];
  /** Only forecasts whose model is known are calibrated. @default none */
  readonly champions?: Champions;
}

export interface MonitorResult {
  readonly findings: readonly CategoryFinding[];
  /** The night's decisions. */
  readonly records: readonly ActionRecord[];
  /** All decisions, oldest first: the earlier ones, those of faults that go on grown by tonight, and the night's. */
  readonly history: readonly ActionRecord[];
  /** What the next night's forecasts are multiplied by. */
  readonly calibrations: readonly Calibration[];
}

/** Judges every category as of one night. Pure: the same history gives the same decisions. */
export function monitorNight(input: MonitorInput): MonitorResult {
  const held = withHolds(input.records, input.faults, input.day);
  const heldCategories = new Set(
    input.faults.flatMap((fault) => (fault.kind === "price-file" ? [fault.category] : [])),
  );
  const isSpecial = specialOf(input);
  const findings = CATEGORIES.map((category) => {
    const since = lastActionDay(input.records, category);
    return judgeCategory({
      category,
      day: input.day,
      rows: rowsUpTo(input, category),
      reference: input.reference[category],
      since,
      isSpecial,
      kindDays: input.kindDays?.filter((entry) => entry.category === category),
    });
  });
  const { champions = {}, day } = input;
  const calibrated = openCalibrations(input.records, day, champions).map(({ scope }) => scope);
  const decided = findings.flatMap(({ category, decisions }) =>
    decisions.map(({ choice: { reason, action }, words }): ActionRecord => {
      const record = { day: isoDate(day), scope: category, reason, action, evidence: words };
      const given = { ...input, calibrated };
      const suppressedBy = heldCategories.has(category) ? "data-fault" : suppressionOf(record, given);
      if (suppressedBy !== undefined) return { ...record, suppressedBy };
      const version = action === "recalibrate" ? champions[category] : undefined;
      return version === undefined
        ? record
        : { ...record, ...firstCalibration(input, category, version, words) };
    }),
  );
  const news = decided.filter((record) => isNews(record, input.records));
  const history = [...held, ...news];
  const open = openCalibrations(history, day, champions).filter(
    ({ scope }) => !heldCategories.has(scope as Category),
  );
  return {
    findings,
    records: [...held.slice(input.records.length), ...news],
    history,
    calibrations: calibrationsOf(open, rowsUpTo(input), day, isSpecial),
  };
}

const rowsUpTo = ({ rows, day }: MonitorInput, category?: Category) =>
  rows.filter((row) => row.day <= day && (category === undefined || row.category === category));

const specialOf =
  ({ incidentDays }: MonitorInput) =>
  (day: number) =>
    isSpecialDay(day) || incidentDays.has(day);

/** What a recalibration begins with. */
function firstCalibration(input: MonitorInput, category: Category, version: string, words: Words) {
  const factor = levelFactor(rowsUpTo(input, category), input.day, specialOf(input));
  return { calibration: { factor, version }, evidence: joinWords(words, calibrationWords(factor)) };
}

/** Day of the last action about a category, from which its errors are summed up anew. */
function lastActionDay(records: readonly ActionRecord[], category: Category): number | undefined {
  const last = records.filter((record) => record.scope === category && isTaken(record)).at(-1);
  return last === undefined ? undefined : dayNumber(last.day);
}
