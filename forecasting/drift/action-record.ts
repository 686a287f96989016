import type { Category } from "../../contracts/categories";
import { dayNumber } from "../calendar/day";
import type { Action, Reason } from "./choose-action";
import type { DataFault } from "./data-faults";

/** What was decided, and on which evidence: kept for as long as the model versions are. */
export interface ActionRecord {
  /** ISO date of the night. */
  readonly day: string;
  /** A category, or a store whose data is at fault. */
  readonly scope: Category | `store ${string}`;
  readonly reason: Reason;
  readonly action: Action;
  /** Of a recalibration: the first factor on the forecasts of ordinary items, and the version that made these. */
  readonly calibration?: { readonly factor: number; readonly version: string };
  /** Reason why an action that was due is not taken again; absent where it is taken. */
  readonly suppressedBy?: Suppression;
  /** Of a data fault: its first and its last day so far, ISO dates. */
  readonly fault?: { readonly kind: DataFault["kind"]; readonly from: string; readonly to: string };
  readonly evidence: { readonly en: string; readonly ja: string };
}

export type Suppression = "cooldown" | "open-retrain" | "open-calibration" | "data-fault";

/** Days in which the same action is not taken again for the same scope. */
const COOLDOWN_DAYS = 14;

export interface OpenRetrain {
  readonly category: Category;
}

/** Whether something was done, other than waiting for data or for more evidence. */
export const isTaken = ({ action, suppressedBy }: ActionRecord): boolean =>
  suppressedBy === undefined && action !== "none" && action !== "hold";

const isRecent = (earlier: ActionRecord, day: string) =>
  dayNumber(day) - dayNumber(earlier.day) < COOLDOWN_DAYS;

/** One retraining and one calibration of a category at a time, and each action once in COOLDOWN_DAYS. */
export function suppressionOf(
  { day, scope, action }: ActionRecord,
  {
    records,
    openRetrains,
    calibrated = [],
  }: {
    readonly records: readonly ActionRecord[];
    readonly openRetrains: readonly OpenRetrain[];
    /** Scopes that are calibrated already. */
    readonly calibrated?: readonly string[];
  },
): Suppression | undefined {
  if (action === "retrain" && openRetrains.some(({ category }) => category === scope)) return "open-retrain";
  if (action === "recalibrate" && calibrated.includes(scope)) return "open-calibration";
  const same = (earlier: ActionRecord) =>
    earlier.scope === scope && earlier.action === action && isTaken(earlier);
  return records.some((earlier) => same(earlier) && isRecent(earlier, day)) ? "cooldown" : undefined;
}

/** Whether a record says what none of the last COOLDOWN_DAYS has said: people read what is new. */
export function isNews(record: ActionRecord, earlier: readonly ActionRecord[]): boolean {
  return !earlier.some(
    (other) =>
      other.scope === record.scope &&
      other.reason === record.reason &&
      other.suppressedBy === record.suppressedBy &&
      isRecent(other, record.day),
  );
}
