import type { DayNumber } from "./day";

const DEFAULT_TIME_ZONE = "Asia/Tokyo";

const MILLISECONDS_PER_DAY = 86_400_000;
/** Offsets change on the quarter of an hour at most: one look-up serves all instants of a quarter. */
const QUARTER = 900_000;
const LARGEST_CACHE = 100_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** The day that it is in a place at an instant (milliseconds since 1970), whatever zone the machine is in. */
export function dayOfInstant(milliseconds: number, timeZone = DEFAULT_TIME_ZONE): DayNumber {
  return Math.floor((milliseconds + offsetOf(milliseconds, timeZone)) / MILLISECONDS_PER_DAY);
}

/** Whether this Node knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function offsetOf(milliseconds: number, timeZone: string): number {
  const quarter = Math.floor(milliseconds / QUARTER);
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, known);
  const hit = known.get(quarter);
  if (hit !== undefined) return hit;
  const parts = formatOf(timeZone).formatToParts(quarter * QUARTER);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second"));
  if (known.size >= LARGEST_CACHE) known.clear();
  known.set(quarter, local - quarter * QUARTER);
  return local - quarter * QUARTER;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}
