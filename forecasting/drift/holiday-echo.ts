import type { ErrorRow } from "./error-row";
import type { ErrorSums } from "./error-sums";

/** One day of a category, added up. */
interface EchoDay {
  readonly day: number;
  /** Holidays and days of a known incident. */
  readonly isSpecial: boolean;
  readonly sums: ErrorSums;
}

/** Days that a forecast's level is taken from, and days after which it has forgotten one. */
const LEVEL_DAYS = 28;
const MEMORY_DAYS = 42;

/**
 * By how much a day's forecasts can be off only because their level looks back on a holiday: sold on it, less what was foretold,
 * as part of what a level is taken from. Above 1 where holidays sold more than foretold; the weeks after are then forecast too
 * high. In weeks after a busy Golden Week that is a fifth, of a model that is as good as it was (docs/adr/0104).
 *
 * @param days ascending
 */
export function echoLimits(days: readonly EchoDay[]): number[] {
  const surprises: number[] = [];
  return days.map(({ day, isSpecial, sums }, i) => {
    let [surprise, usual, ordinaryDays] = [0, 0, 0];
    for (let j = i - 1; j >= 0 && days[j]!.day >= day - MEMORY_DAYS; j--) {
      surprise += surprises[j]!;
      if (days[j]!.isSpecial) continue;
      usual += days[j]!.sums.actual;
      ordinaryDays++;
    }
    const limit = usual > 0 ? Math.max(0, 1 + (surprise * ordinaryDays) / (LEVEL_DAYS * usual)) : 1;
    // What was foretold for a holiday may be an echo of the day before itself.
    const foretold = (sums.actual + sums.error) / (limit > 0 ? limit : 1);
    surprises.push(isSpecial ? sums.actual - foretold : 0);
    return limit;
  });
}

/** Absolute error of one day's rows without the bias that lies between none and the limit. */
export function errorWithoutEcho(
  rows: readonly ErrorRow[],
  { actual, error }: ErrorSums,
  limit: number,
): number {
  const bias = actual > 0 ? (actual + error) / actual : 1;
  const echo = limit > 1 ? Math.min(Math.max(bias, 1), limit) : Math.max(Math.min(bias, 1), limit);
  if (!(echo > 0)) return rows.reduce((sum, row) => sum + row.absoluteError, 0);
  return rows.reduce((sum, row) => {
    const left = Math.abs((row.actual + row.error) / echo - row.actual);
    return sum + (echo === 1 ? row.absoluteError : left);
  }, 0);
}
