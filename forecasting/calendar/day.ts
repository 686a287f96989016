/** Days are counted from 1970-01-01 (as DuckDB's DATE is stored), so that no time zone can move one. */
export type DayNumber = number;

const MILLISECONDS_PER_DAY = 86_400_000;

/** The day number of an ISO date such as `2026-11-23`; throws when there is no such day. */
export function dayNumber(isoDate: string): DayNumber {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate);
  const day = parts ? dayNumberOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
  if (day === undefined) throw new Error(`"${isoDate}" is not a date: write YYYY-MM-DD`);
  return day;
}

/** The day number of a year, month (1-12) and day of the month; undefined when the calendar has no such day. */
export function dayNumberOf(year: number, month: number, dayOfMonth: number): DayNumber | undefined {
  const time = Date.UTC(year, month - 1, dayOfMonth);
  const date = new Date(time);
  const exists =
    year >= 1000 &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === dayOfMonth;
  return exists ? time / MILLISECONDS_PER_DAY : undefined;
}

/** The ISO date of a day number. */
export function isoDate(day: DayNumber): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** ISO weekday: 1 is Monday, 7 is Sunday (1970-01-01 was a Thursday). */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function monthOf(day: DayNumber): number {
  return Number(isoDate(day).slice(5, 7));
}

/** Day of the year, 1 to 366. */
export function dayOfYear(day: DayNumber): number {
  return day - dayNumber(`${isoDate(day).slice(0, 4)}-01-01`) + 1;
}
