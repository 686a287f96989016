import { CATEGORIES, type Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../calendar/day";
import { type ActionRecord, isTaken } from "./action-record";
import type { ErrorRow } from "./error-row";
import { type ErrorSums, sumErrors } from "./error-sums";
import { ordinaryWeeks } from "./ordinary-weeks";

/** One factor on the forecasts of a category's ordinary items: those that are neither new nor on offer. */
export interface Calibration {
  readonly category: Category;
  /** Version of the champion whose forecasts it sets right: another one's bias is another. */
  readonly version: string;
  readonly factor: number;
  /** ISO dates: the night that decided it, and the last one that may publish with it. */
  readonly since: string;
  readonly until: string;
}

/** Version of the champion that made the forecasts, by category. */
export type Champions = Readonly<Partial<Record<Category, string>>>;

/** Days after which a level has forgotten what it was taken from: a bias that is still there is decided about anew. */
export const CALIBRATION_DAYS = 28;
/** Days after which a factor that no night has measured anew is not believed. */
const MEASURED_DAYS = 7;
/** No forecast is set right by more: what is further off has another reason than a level. */
export const CALIBRATION_BOUND = 0.25;
/** Days of seven weekdays that a factor needs. */
const FEWEST_DAYS = 4;
const DIGITS = 4;

/** Calibrations that were decided on, not long ago, for the champions that serve. */
export function openCalibrations(
  records: readonly ActionRecord[],
  day: number,
  champions: Champions,
): ActionRecord[] {
  return CATEGORIES.flatMap((category) => {
    const last = records.findLast(
      (record) => record.scope === category && record.calibration !== undefined && isTaken(record),
    );
    const isOpen =
      last !== undefined &&
      last.calibration!.version === champions[category] &&
      day - dayNumber(last.day) < CALIBRATION_DAYS;
    return isOpen ? [last] : [];
  });
}

/**
 * What the next night's forecasts are multiplied by. Measured anew every night, and always against the forecasts without it:
 * it follows a level that learns by itself, ends where nothing is left of the bias, and never adds up.
 */
export function calibrationsOf(
  open: readonly ActionRecord[],
  rows: readonly ErrorRow[],
  day: number,
  isSpecial: (day: number) => boolean,
): Calibration[] {
  return open.flatMap((record) => {
    const category = record.scope as Category;
    const mine = rows.filter((row) => row.category === category);
    const factor = levelFactor(mine, day, isSpecial);
    if (factor === 1) return [];
    const last = Math.min(dayNumber(record.day) + CALIBRATION_DAYS, day + MEASURED_DAYS);
    const { version } = record.calibration!;
    return [{ category, version, factor, since: record.day, until: isoDate(last) }];
  });
}

/**
 * Sold against forecast of ordinary items over the latest ordinary day of each weekday, as the geometric mean of the days.
 * Shrunk by what chance alone shows between days (James and Stein, 1961: as much of the square as it explains), and bounded.
 */
export function levelFactor(
  rows: readonly ErrorRow[],
  day: number,
  isSpecial: (day: number) => boolean,
): number {
  const logs = ordinaryWeeks(day, isSpecial).week.flatMap((each) => {
    const ofDay = rows.filter((row) => row.day === each && row.kind === "regular").map(uncalibrated);
    const { actual, error } = sumErrors(ofDay);
    return actual > 0 && actual + error > 0 ? [Math.log(actual / (actual + error))] : [];
  });
  if (logs.length < FEWEST_DAYS) return 1;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const error = squares / (logs.length - 1) / logs.length;
  const kept = Math.max(0, 1 - error / mean ** 2);
  const factor = mean === 0 ? 1 : Math.exp(kept * mean);
  const bounded = Math.min(Math.max(factor, 1 - CALIBRATION_BOUND), 1 + CALIBRATION_BOUND);
  return Number(bounded.toFixed(DIGITS));
}

/** The same errors of the forecasts as they were before any calibration. */
export function uncalibrated(row: ErrorRow): ErrorSums {
  const { calibration = 1, actual, error } = row;
  if (calibration === 1) return row;
  const before = (actual + error) / calibration - actual;
  return { ...row, error: before, absoluteError: Math.abs(before) };
}
