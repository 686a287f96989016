import { dayOfYear, weekdayOf } from "../calendar/day";

/** Weeks of a year: the last one has a day or two. */
export const YEAR_WEEKS = 53;
/** Weekdays from 1 (Monday) to 7; entry 0 is not used. */
export const WEEKDAY_SLOTS = 8;

/** Weekday and week of the year of consecutive days, so that the loops over days need no date. */
export interface MethodCalendar {
  readonly firstDay: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: Uint8Array;
  /** 0 to YEAR_WEEKS - 1. */
  readonly weeks: Uint8Array;
}

export function methodCalendar(firstDay: number, lastDay: number): MethodCalendar {
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i);
  return { firstDay, weekdays: Uint8Array.from(days, weekdayOf), weeks: Uint8Array.from(days, weekOfYear) };
}

export function weekOfYear(day: number): number {
  return Math.floor((dayOfYear(day) - 1) / 7);
}

/** What the methods know beyond the series itself; positions are those of stores, categories and SKUs in the run. */
export interface MethodTables {
  readonly calendar: MethodCalendar;
  readonly categoryCount: number;
  /** Store x category x WEEKDAY_SLOTS: what a weekday is worth against the mean day. */
  readonly weekdays: Float64Array;
  /** SKU x YEAR_WEEKS: what a week of the year is worth against the year; absent with less than a year of history. */
  readonly seasons?: Float64Array;
  /**
   * Whether a day that ran out counts as seen. Reported stock-outs hide demand and are left out. Inferred ones are runs
   * of zeros that a steady item would not show; lumpy items show them all the time, so they stay in.
   */
  readonly countsRanOut: boolean;
}

/** Positions of a series in the tables. */
export interface SeriesPlace {
  readonly store: number;
  readonly category: number;
  readonly sku: number;
}
