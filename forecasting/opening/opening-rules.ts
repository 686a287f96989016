import { isoDate, weekdayOf } from "../calendar/day";
import { isHoliday } from "../calendar/japan";

/** Open and closed days of one store, from its first day with sales to the last known day. */
export interface OpeningHistory {
  readonly firstDay: number;
  /** 1 on a day on which the store sold anything. */
  readonly open: Uint8Array;
}

/** When a store opens, learned from when it did. */
export interface OpeningRules {
  /** Weekdays (1 Monday to 7 Sunday) on which it is closed. */
  readonly closedWeekdays: readonly number[];
  /** What it does on national holidays, when that differs from its weekdays. */
  readonly holidays?: "open" | "closed";
  /** Days of the year (MM-DD) on which it is closed whatever the weekday. */
  readonly closedDates: readonly string[];
}

/** What a store does after the last known day. */
export interface Opening extends OpeningRules {
  /** First day of a closure that has not ended yet; its end is not known. */
  readonly closedSince?: number;
}

/** Latest occurrences of a weekday that are looked at: two months, so that a new closing day is noticed. */
const RECENT_WEEKS = 8;
/** A weekday on which the store opened at most this often is a closing day, from the second occurrence on. */
const RARELY_OPEN = 1 / 4;
const FEWEST_WEEKS = 2;
/** Holidays in the year before the last known day that must agree. */
const FEWEST_HOLIDAYS = 3;
/** Business days without a sale after which a closure is taken to last: a typhoon or a trip is shorter. */
const LASTING_DAYS = 7;
/** Days on which one closure a year ago is enough to expect the next: Christmas and the New Year. */
const YEAR_END = { from: "12-24", to: "01-06" } as const;

export function learnOpening(history: OpeningHistory): Opening {
  const closures = lastingClosures(history);
  const closedWeekdays = [1, 2, 3, 4, 5, 6, 7].filter((weekday) =>
    isRare(latestOn(history, closures, weekday), FEWEST_WEEKS),
  );
  const holidays = holidayRule(history, closures, closedWeekdays);
  const weekly = { closedWeekdays, holidays, closedDates: [] };
  return openingAt({ ...weekly, closedDates: closedDates(history, closures, weekly) }, history);
}

/** Known rules at a later day: whether a closure that lasts has begun since they were learned. */
export function openingAt(rules: OpeningRules, history: OpeningHistory): Opening {
  return { ...rules, closedSince: openClosure(history, rules) };
}

/** Whether a store that follows these rules opens on a day after the last known one. */
export function opensOn(rules: Opening, day: number): boolean {
  return rules.closedSince === undefined && isBusinessDay(rules, day);
}

function isBusinessDay(rules: OpeningRules, day: number): boolean {
  // Most stores have none, and this is asked for every cell.
  if (rules.closedDates.length > 0 && rules.closedDates.includes(isoDate(day).slice(5))) return false;
  if (rules.holidays !== undefined && isHoliday(day)) return rules.holidays === "open";
  return !rules.closedWeekdays.includes(weekdayOf(day));
}

/** 1 on the days of closures that are longer than a week: they say nothing about the week. */
function lastingClosures({ open }: OpeningHistory): Uint8Array {
  const lasting = new Uint8Array(open.length);
  for (let start = 0; start < open.length; start++) {
    if (open[start] !== 0) continue;
    let end = start;
    while (end < open.length && open[end] === 0) end++;
    if (end - start >= LASTING_DAYS) lasting.fill(1, start, end);
    start = end;
  }
  return lasting;
}

/** Open (1) or closed (0) on the latest occurrences of a weekday that is no holiday. */
function latestOn({ firstDay, open }: OpeningHistory, lasting: Uint8Array, weekday: number): number[] {
  const latest: number[] = [];
  for (let i = open.length - 1; i >= 0 && latest.length < RECENT_WEEKS; i--) {
    const day = firstDay + i;
    if (weekdayOf(day) === weekday && lasting[i] === 0 && !isHoliday(day)) latest.push(open[i]!);
  }
  return latest;
}

const shareOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const isRare = (values: readonly number[], fewest: number) =>
  values.length >= fewest && shareOf(values) <= RARELY_OPEN;

function holidayRule(
  { firstDay, open }: OpeningHistory,
  lasting: Uint8Array,
  closedWeekdays: readonly number[],
): OpeningRules["holidays"] {
  const onBusinessDays: number[] = [];
  const onClosedDays: number[] = [];
  for (let i = Math.max(0, open.length - 365); i < open.length; i++) {
    const day = firstDay + i;
    if (!isHoliday(day) || lasting[i] === 1) continue;
    (closedWeekdays.includes(weekdayOf(day)) ? onClosedDays : onBusinessDays).push(open[i]!);
  }
  if (isRare(onBusinessDays, FEWEST_HOLIDAYS)) return "closed";
  const opens = onClosedDays.length >= FEWEST_HOLIDAYS && shareOf(onClosedDays) >= 1 - RARELY_OPEN;
  return opens ? "open" : undefined;
}

const isYearEnd = (date: string) => date >= YEAR_END.from || date <= YEAR_END.to;

/** Days of the year on which the store was closed in every year although its week says open. */
function closedDates(
  { firstDay, open }: OpeningHistory,
  lasting: Uint8Array,
  weekly: OpeningRules,
): string[] {
  const seen = new Map<string, number[]>();
  for (let i = 0; i < open.length; i++) {
    const date = isoDate(firstDay + i).slice(5);
    if ((lasting[i] === 1 && !isYearEnd(date)) || !isBusinessDay(weekly, firstDay + i)) continue;
    const years = seen.get(date);
    if (years) years.push(open[i]!);
    else seen.set(date, [open[i]!]);
  }
  return [...seen]
    .filter(([date, years]) => !years.includes(1) && years.length >= (isYearEnd(date) ? 1 : 2))
    .map(([date]) => date)
    .sort();
}

/** First day of the closure at the end of the history, when it has lasted longer than closures do. */
function openClosure({ firstDay, open }: OpeningHistory, rules: OpeningRules): number | undefined {
  let start = open.length;
  let businessDays = 0;
  while (start > 0 && open[start - 1] === 0) {
    start--;
    if (isBusinessDay(rules, firstDay + start)) businessDays++;
  }
  return businessDays >= LASTING_DAYS ? firstDay + start : undefined;
}
