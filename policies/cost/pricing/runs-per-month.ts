import { HOURS_PER_MONTH } from "./price-table";

/** Days are counted over this whole year (365 days): the result does not depend on the day of the estimate. */
const REFERENCE_YEAR = 2027;
const MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAY_NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const HOURS_PER_UNIT: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };

/**
 * How often an EventBridge schedule expression fires in an average month: `rate(1 day)`, `cron(0 18 * * ? *)`,
 * `at(...)` (once: 0 in the long run). Undefined when the expression is not one of these.
 * Format: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function runsPerMonth(expression: string): number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate) return HOURS_PER_MONTH / (Number(rate[1]) * (HOURS_PER_UNIT[rate[2] ?? ""] ?? NaN));
  if (/^at\(\S+\)$/.test(expression.trim())) return 0;
  const cron = /^cron\((.+)\)$/.exec(expression.trim());
  return cron ? cronRunsPerMonth((cron[1] ?? "").trim().split(/\s+/)) : undefined;
}

function cronRunsPerMonth(fields: readonly string[]): number | undefined {
  if (fields.length !== 6) return undefined;
  const [minuteField, hourField, dayField, monthField, weekdayField, yearField] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const minutes = valuesOf(minuteField, 0, 59);
  const hours = valuesOf(hourField, 0, 23);
  const months = valuesOf(monthField, 1, 12, MONTH_NAMES);
  if (!minutes || !hours || !months || yearField !== "*") return undefined;
  const day = dayMatcher(dayField);
  const weekday = weekdayMatcher(weekdayField);
  if (!day || !weekday) return undefined;
  const days = DAYS_OF_YEAR.filter(
    (date) => months.has(date.getUTCMonth() + 1) && day(date) && weekday(date),
  );
  return (days.length * hours.size * minutes.size) / 12;
}

const DAYS_OF_YEAR = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(REFERENCE_YEAR, 0, 1 + i)));

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function dayMatcher(field: string): ((date: Date) => boolean) | undefined {
  if (field === "?" || field === "*") return () => true;
  if (field === "L") return (date) => date.getUTCDate() === daysInMonth(date);
  const days = valuesOf(field, 1, 31);
  return days && ((date) => days.has(date.getUTCDate()));
}

/** AWS counts weekdays from 1 = Sunday; `2#1` is the first Monday of a month, `6L` its last Friday. */
function weekdayMatcher(field: string): ((date: Date) => boolean) | undefined {
  if (field === "?" || field === "*") return () => true;
  const nth = /^(\w+)#([1-5])$/.exec(field);
  if (nth) {
    const days = valuesOf(nth[1] ?? "", 1, 7, WEEKDAY_NAMES);
    return (
      days &&
      ((date) => days.has(date.getUTCDay() + 1) && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]))
    );
  }
  const last = /^(\w+)L$/.exec(field);
  if (last) {
    const days = valuesOf(last[1] ?? "", 1, 7, WEEKDAY_NAMES);
    return days && ((date) => days.has(date.getUTCDay() + 1) && date.getUTCDate() > daysInMonth(date) - 7);
  }
  const days = valuesOf(field, 1, 7, WEEKDAY_NAMES);
  return days && ((date) => days.has(date.getUTCDay() + 1));
}

/** The set that `*`, `5`, `1-5`, `1,3`, `0/15`, `*\/2` or `MON-FRI` stands for; undefined when it is none of them. */
function valuesOf(
  field: string,
  first: number,
  last: number,
  names: readonly string[] = [],
): Set<number> | undefined {
  const found = new Set<number>();
  const toNumber = (text: string) => {
    const index = names.indexOf(text.toUpperCase());
    return index >= 0 ? first + index : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  for (const part of field.split(",")) {
    const [span = "", step = "1"] = part.split("/");
    const [from = "", to] = span.split("-");
    const start = from === "*" ? first : toNumber(from);
    const end = from === "*" || (to === undefined && part.includes("/")) ? last : toNumber(to ?? from);
    const stride = /^[1-9]\d*$/.test(step) ? Number(step) : NaN;
    if (![start, end, stride].every(Number.isFinite) || start < first || end > last || start > end)
      return undefined;
    for (let value = start; value <= end; value += stride) found.add(value);
  }
  return found;
}
