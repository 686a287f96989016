import { dayNumberOf, type DayNumber } from "./day";
import { dayOfInstant } from "./time-zone";

/** Which of day, month and year comes first where a date is all digits: "26/01/05" and "05/01/2026". */
export type DateOrder = "ymd" | "dmy" | "mdy";

export interface DateRules {
  /** Where the shop is: an instant (`…Z`, `+00:00`, seconds since 1970) is a day there. @default Asia/Tokyo */
  readonly timeZone?: string;
  /** Order of a date with the year in full, such as 05/01/2026. Without one a date that can be read in two ways is not read. */
  readonly order?: DateOrder;
  /** Order of a date with two digits of the year, such as 26/01/05. */
  readonly shortOrder?: DateOrder;
}

/** First year of each Japanese era, less one: year 1 of Reiwa is 2019. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  令: 2018,
  R: 2018,
  平成: 1988,
  平: 1988,
  H: 1988,
  昭和: 1925,
  昭: 1925,
  S: 1925,
  大正: 1911,
  明治: 1867,
};
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** (月), (月・祝), 月曜日, Mon, (Mon/holiday), (祝). */
const WEEKDAY =
  "(?:\\s*[([]?(?:[月火水木金土日](?:曜日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?|祝日?|休日?)(?:[・･,、/ ()]*(?:祝日?|休日?|振替|振休|holiday))*[)\\]]?)?";
const TIME_OF_DAY =
  "(?:午前|午後|am|pm)?\\s*(\\d{1,2})(?:[:時](\\d{1,2}))?(?:[:分](\\d{1,2})(?:[.,]\\d+)?秒?)?[時分]?\\s*(?:am|pm)?";
const ZONE = "\\s*((?:utc|gmt)?[+-]\\d{2}(?::?\\d{2})?|z|utc|gmt|jst)?(?:\\s*\\([^()]*\\p{L}[^()]*\\))?";
const TAIL = `${WEEKDAY}(?:(?:t|\\s+|,\\s*)${TIME_OF_DAY}${ZONE})?$`;

const WESTERN = new RegExp(
  `^(\\d{4})(?:-|/|\\.|年)\\s*(\\d{1,2})(?:-|/|\\.|月)\\s*(\\d{1,2})日?${TAIL}`,
  "iu",
);
const ERA = new RegExp(
  `^(令和|平成|昭和|大正|明治|令|平|昭|[RHS])\\.?\\s*(\\d{1,2}|元)(?:-|/|\\.|年)\\s*(\\d{1,2})(?:-|/|\\.|月)\\s*(\\d{1,2})日?${TAIL}`,
  "iu",
);
const COMPACT = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${TAIL}`, "iu");
const STAMP = new RegExp(
  `^(\\d{4})(\\d{2})(\\d{2})[t -]?(\\d{2})(\\d{2})(\\d{2})?(?:\\.\\d+)?${ZONE}$`,
  "iu",
);
const ALL_DIGITS = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{2}|\\d{4})${TAIL}`, "iu");
const DIGITS_ONLY = /^(\d{2})(\d{2})(\d{2})$/;
/** The year after the time, as Unix and Java write it. */
const YEAR_LAST = new RegExp(
  `^(?:[a-z]{3},?\\s+)?([a-z]{3,9})\\s+(\\d{1,2})\\s+(\\d{1,2}:\\d{2}(?::\\d{2})?)(?:\\s+([a-z]{1,4}|[+-]\\d{2}:?\\d{2}))?\\s+(\\d{4})$`,
  "iu",
);
const MONTH_FIRST = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?([a-z]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TAIL}`,
  "iu",
);
const DAY_FIRST = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+([a-z]{3,9})\\.?,?[\\s-]+(\\d{4}|\\d{2})${TAIL}`,
  "iu",
);

/** Days from 1899-12-30, where a spreadsheet counts from, to 1970-01-01. */
const SPREADSHEET_EPOCH = 25_569;
const MILLISECONDS_OF_2001 = 978_307_200_000;

/**
 * The day in the shop's time zone that a text means, or undefined: 2026-11-23, 2026/11/23(月) 8:15, 20261123, 12- and
 * 14-digit stamps, 2026年11月23日, 令和8年11月23日, R8.11.23, 23-Nov-2026, ISO times with Z or an offset, the serial days of
 * a spreadsheet, seconds or milliseconds since 1970; full-width digits too. A time without zone is the shop's own, and 25:30
 * belongs to the business day it is written with.
 */
export function parseDate(text: string, rules: DateRules = {}): DayNumber | undefined {
  const plain = plainDate(text);
  if (/^\d+(?:\.\d+)?$/.test(plain)) return numberDate(plain, rules);
  const western = WESTERN.exec(plain) ?? COMPACT.exec(plain);
  if (western) return atPlace(western, [1, 2, 3], 4, rules);
  const stamp = STAMP.exec(plain);
  if (stamp) return atPlace(stamp, [1, 2, 3], 4, rules);
  const era = ERA.exec(plain);
  if (era) return eraDate(era, rules);
  return namedMonth(plain, rules) ?? orderedDate(plain, rules);
}

/** A date's text without a spreadsheet's quoting: `'26/01/05`, `="2026-01-05"`. The year stands before the time. */
export function plainDate(text: string): string {
  const plain = text.normalize("NFKC").trim();
  const bare = /^=?["'’]/.test(plain) ? plain.replace(/^=?["'’]+|["'’]+$/g, "").trim() : plain;
  const unix = YEAR_LAST.exec(bare);
  return unix ? `${unix[1]} ${unix[2]} ${unix[5]} ${unix[3]} ${unix[4] ?? ""}`.trim() : bare;
}

/** What a date of digits alone may mean, by order; undefined when the text is no such date. */
export function possibleReadings(
  text: string,
): { readonly isShort: boolean; readonly days: ReadonlyMap<DateOrder, DayNumber> } | undefined {
  const plain = plainDate(text);
  const found = ALL_DIGITS.exec(plain) ?? DIGITS_ONLY.exec(plain);
  if (!found) return undefined;
  const days = new Map<DateOrder, DayNumber>();
  for (const order of ["ymd", "dmy", "mdy"] as const) {
    const day = readAs(found, order);
    if (day !== undefined) days.set(order, day);
  }
  return { isShort: found[3]?.length === 2, days };
}

function orderedDate(plain: string, rules: DateRules): DayNumber | undefined {
  const found = ALL_DIGITS.exec(plain) ?? DIGITS_ONLY.exec(plain);
  if (!found) return undefined;
  const readings = possibleReadings(plain);
  const order = readings?.isShort ? rules.shortOrder : rules.order;
  const days = order ? [readings?.days.get(order)] : [...new Set(readings?.days.values())];
  const [day] = days;
  return days.length === 1 && day !== undefined ? shifted(day, found, 4, rules) : undefined;
}

function readAs(found: RegExpExecArray, order: DateOrder): DayNumber | undefined {
  const [first = "", second = "", third = ""] = found.slice(1, 4);
  if (order === "ymd") {
    if (third.length === 4 || first.length !== 2) return undefined;
    return dayNumberOf(2000 + Number(first), Number(second), Number(third));
  }
  const year = third.length === 4 ? Number(third) : 2000 + Number(third);
  return order === "dmy"
    ? dayNumberOf(year, Number(second), Number(first))
    : dayNumberOf(year, Number(first), Number(second));
}

function namedMonth(plain: string, rules: DateRules): DayNumber | undefined {
  const monthFirst = MONTH_FIRST.exec(plain);
  const dayFirst = monthFirst ? undefined : DAY_FIRST.exec(plain);
  const [name, day, year] = monthFirst
    ? [monthFirst[1], monthFirst[2], monthFirst[3]]
    : [dayFirst?.[2], dayFirst?.[1], dayFirst?.[3]];
  const found = monthFirst ?? dayFirst;
  const month = MONTHS.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;
  if (!found || month === 0) return undefined;
  const full = year?.length === 2 ? 2000 + Number(year) : Number(year);
  const number = dayNumberOf(full, month, Number(day));
  return number === undefined ? undefined : shifted(number, found, 4, rules);
}

function eraDate(found: RegExpExecArray, rules: DateRules): DayNumber | undefined {
  const eraYear = found[2] === "元" ? 1 : Number(found[2]);
  const base = ERAS[(found[1] ?? "").toUpperCase()];
  if (base === undefined || eraYear === 0) return undefined;
  const day = dayNumberOf(base + eraYear, Number(found[3]), Number(found[4]));
  return day === undefined ? undefined : shifted(day, found, 5, rules);
}

function atPlace(
  found: RegExpExecArray,
  [year, month, dayOfMonth]: readonly [number, number, number],
  time: number,
  rules: DateRules,
): DayNumber | undefined {
  const day = dayNumberOf(Number(found[year]), Number(found[month]), Number(found[dayOfMonth]));
  return day === undefined ? undefined : shifted(day, found, time, rules);
}

/** A number alone: 8, 12 or 14 digits of a date, else days of a spreadsheet, else seconds or milliseconds since 1970. */
function numberDate(plain: string, rules: DateRules): DayNumber | undefined {
  const stamp = COMPACT.exec(plain) ?? STAMP.exec(plain) ?? /^(20\d{2})(\d{2})(\d{2})(\d{2})$/.exec(plain);
  if (stamp) return atPlace(stamp, [1, 2, 3], 4, rules);
  const value = Number(plain);
  const digits = plain.split(".")[0]?.length ?? 0;
  if (digits === 6) return orderedDate(plain, rules);
  if (digits === 5) return Math.floor(value) - SPREADSHEET_EPOCH;
  if (digits === 10) return dayOfInstant(value * 1000, rules.timeZone);
  return digits === 13 && value > MILLISECONDS_OF_2001 ? dayOfInstant(value, rules.timeZone) : undefined;
}

/** The day, moved where a zone says that the time is another place's; undefined when the time cannot be. */
function shifted(
  day: DayNumber,
  found: RegExpExecArray,
  at: number,
  rules: DateRules,
): DayNumber | undefined {
  const [hour, minute, second, zone] = [0, 1, 2, 3].map((i) => found[at + i]);
  if (Number(hour ?? 0) > 47 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return undefined;
  if (zone === undefined) return day;
  const minutes =
    (day * 24 + hourOfDay(Number(hour ?? 0), found[0])) * 60 + Number(minute ?? 0) - offsetMinutes(zone);
  return dayOfInstant(minutes * 60_000, rules.timeZone);
}

/** By a clock of twelve hours 12 AM is midnight and 12 PM noon. */
function hourOfDay(hour: number, text: string): number {
  if (/午後|\dpm|\spm/iu.test(text)) return hour < 12 ? hour + 12 : hour;
  return hour === 12 && /午前|\dam|\sam/iu.test(text) ? 0 : hour;
}

function offsetMinutes(zone: string): number {
  if (/^jst$/i.test(zone)) return 9 * 60;
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return 0;
  return (parts[1] === "-" ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0));
}
