import type { ErrorRow } from "./error-row";
import { type ErrorSums, sumErrors } from "./error-sums";

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

const WEEK = 7;

/**
 * By how much a day's forecasts can be off only because their level looks back on a holiday: sold on it, less what was foretold,
 * as part of what a level is taken from. Above 1 where holidays sold more than foretold; the weeks after are then forecast too
 * high. In weeks after a busy Golden Week that is a fifth, of a model that is as good as it was (docs/adr/0104).
 *
 * An echo begins with its holiday and can only fade: it is never more than what any week since has shown. A bias that begins
 * later is no echo (docs/adr/0119).
 *
 * @param days ascending
 */
export function echoLimits(days: readonly EchoDay[]): number[] {
  const surprises: number[] = [];
  const echo = new FadingEcho();
  return days.map(({ day, isSpecial, sums }, i) => {
    let [surprise, usual, ordinaryDays] = [0, 0, 0];
    for (let j = i - 1; j >= 0 && days[j]!.day >= day - MEMORY_DAYS; j--) {
      surprise += surprises[j]!;
      if (days[j]!.isSpecial) continue;
      usual += days[j]!.sums.actual;
      ordinaryDays++;
    }
    const share = (units: number) => (usual > 0 ? (units * ordinaryDays) / (LEVEL_DAYS * usual) : 0);
    const limit = Math.max(0, 1 + echo.within(share(surprise)));
    // What was foretold for a holiday may be an echo of the day before itself.
    const foretold = (sums.actual + sums.error) / (limit > 0 ? limit : 1);
    surprises.push(isSpecial ? sums.actual - foretold : 0);
    if (isSpecial) echo.begin(share(surprises[i]!));
    else echo.fade(sums);
    return limit;
  });
}

/** How far a bias can be an echo, to both sides of none. */
class FadingEcho {
  private low = 0;
  private high = 0;
  private week: ErrorSums[] = [];

  public within(share: number): number {
    return Math.min(Math.max(share, this.low), this.high);
  }

  /** A holiday, by what it adds to a level. */
  public begin(share: number): void {
    if (share > 0) this.high += share;
    else this.low += share;
    this.week = [];
  }

  /** An ordinary day: seven in a row show what is left. */
  public fade(sums: ErrorSums): void {
    this.week.push(sums);
    if (this.week.length < WEEK) return;
    const { actual, error } = sumErrors(this.week);
    const bias = actual > 0 ? error / actual : 0;
    this.high = Math.min(this.high, Math.max(bias, 0));
    this.low = Math.max(this.low, Math.min(bias, 0));
    this.week = [];
  }
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
