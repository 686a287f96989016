import { holidays } from "@holiday-jp/holiday_jp";
import { dayNumber, dayNumberOf, isoDate, monthOf, weekdayOf, type DayNumber } from "./day";

/**
 * The Japanese retail calendar. The holiday table reaches from 1970 to 2050; the equinox days of the years after next
 * are astronomical estimates until the Cabinet Office gazettes them each February.
 */
const HOLIDAYS: ReadonlySet<DayNumber> = new Set(Object.keys(holidays).map(dayNumber));

export interface CalendarDay {
  readonly day: DayNumber;
  readonly weekday: number;
  readonly month: number;
  readonly isHoliday: boolean;
  readonly isBridgeDay: boolean;
  readonly daysSincePayday: number;
  /** 0 none, 1 Golden Week, 2 Obon, 3 the turn of the year: codes of the feature `holiday_season`. */
  readonly season: number;
}

export function calendarDay(day: DayNumber): CalendarDay {
  return {
    day,
    weekday: weekdayOf(day),
    month: monthOf(day),
    isHoliday: isHoliday(day),
    isBridgeDay: isBridgeDay(day),
    daysSincePayday: daysSincePayday(day),
    season: seasonOf(day),
  };
}

export function isHoliday(day: DayNumber): boolean {
  return HOLIDAYS.has(day);
}

/** Saturday, Sunday or national holiday. */
export function isDayOff(day: DayNumber): boolean {
  return weekdayOf(day) >= 6 || isHoliday(day);
}

/** A working day between two days off: many people take it off as well. */
export function isBridgeDay(day: DayNumber): boolean {
  return !isDayOff(day) && isDayOff(day - 1) && isDayOff(day + 1);
}

/** Banks are closed on days off and from 31 December to 3 January. */
export function isBankHoliday(day: DayNumber): boolean {
  const monthDay = isoDate(day).slice(5);
  return isDayOff(day) || monthDay === "12-31" || (monthDay >= "01-01" && monthDay <= "01-03");
}

/** The 25th, or the last business day before it: what most Japanese companies pay on. */
export function paydayOf(year: number, month: number): DayNumber {
  let day = dayNumberOf(year, month, 25);
  if (day === undefined) throw new Error(`there is no month ${month} in ${year}`);
  while (isBankHoliday(day)) day -= 1;
  return day;
}

export function daysSincePayday(day: DayNumber): number {
  const [year = 0, month = 0] = isoDate(day).split("-").map(Number);
  const thisMonth = paydayOf(year, month);
  if (day >= thisMonth) return day - thisMonth;
  return day - (month === 1 ? paydayOf(year - 1, 12) : paydayOf(year, month - 1));
}

/** Golden Week ends with its last holiday (6 May when a holiday is moved there); Obon is kept by custom, not by law. */
export function seasonOf(day: DayNumber): number {
  const monthDay = isoDate(day).slice(5);
  if (monthDay >= "04-29" && (monthDay <= "05-05" || (monthDay === "05-06" && isHoliday(day)))) return 1;
  if (monthDay >= "08-13" && monthDay <= "08-16") return 2;
  return monthDay >= "12-29" || monthDay <= "01-03" ? 3 : 0;
}
