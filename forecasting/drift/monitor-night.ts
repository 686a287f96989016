import { CATEGORIES, type Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../calendar/day";
import { type ActionRecord, isNews, isTaken, type OpenRetrain, suppressionOf } from "./action-record";
import type { DataFault } from "./data-faults";
import type { ErrorRow } from "./error-row";
import { withHolds } from "./hold-records";
import { isSpecialDay } from "./is-special-day";
import { type CategoryFinding, judgeCategory } from "./judge-category";

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
}

export interface MonitorResult {
  readonly findings: readonly CategoryFinding[];
  /** The night's decisions. */
  readonly records: readonly ActionRecord[];
  /** All decisions, oldest first: the earlier ones, those of faults that go on grown by tonight, and the night's. */
  readonly history: readonly ActionRecord[];
}

/** Judges every category as of one night. Pure: the same history gives the same decisions. */
export function monitorNight(input: MonitorInput): MonitorResult {
  const held = withHolds(input.records, input.faults, input.day);
  const heldCategories = new Set(
    input.faults.flatMap((fault) => (fault.kind === "price-file" ? [fault.category] : [])),
  );
  const isSpecial = (day: number) => isSpecialDay(day) || input.incidentDays.has(day);
  const findings = CATEGORIES.map((category) => {
    const since = lastActionDay(input.records, category);
    return judgeCategory({
      category,
      day: input.day,
      rows: input.rows.filter((row) => row.category === category && row.day <= input.day),
      reference: input.reference[category],
      since,
      isSpecial,
    });
  });
  const decided = findings.flatMap(({ category, decisions }) =>
    decisions.map(({ choice: { reason, action }, words }): ActionRecord => {
      const record = { day: isoDate(input.day), scope: category, reason, action, evidence: words };
      const suppressedBy = heldCategories.has(category) ? "data-fault" : suppressionOf(record, input);
      return suppressedBy === undefined ? record : { ...record, suppressedBy };
    }),
  );
  const news = decided.filter((record) => isNews(record, input.records));
  return {
    findings,
    records: [...held.slice(input.records.length), ...news],
    history: [...held, ...news],
  };
}

/** Day of the last action about a category, from which its errors are summed up anew. */
function lastActionDay(records: readonly ActionRecord[], category: Category): number | undefined {
  const last = records.filter((record) => record.scope === category && isTaken(record)).at(-1);
  return last === undefined ? undefined : dayNumber(last.day);
}
