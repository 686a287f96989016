import type { DayNumber } from "../../forecasting/calendar/day";
import { parseDate, type DateRules } from "../../forecasting/calendar/parse-date";
import { parseCode, type CodeProblem } from "./code-text";
import { parseNumber, type DecimalMark } from "./number-text";

type Decode = (latin1: string) => string | undefined;

/** Bytes that mean no text in the file's encoding. */
export const NOT_TEXT = Symbol("not text");
/** A text that is not what its column holds. */
export const NOT_VALUE = Symbol("not a value");

const LARGEST_CACHE = 20_000;

/** Few distinct texts repeat over and over: each is read once. */
function cached<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let last: string | undefined;
  let lastValue: T;
  const look = (text: string): T => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const value = compute(text);
    if (known.size >= LARGEST_CACHE) known.clear();
    known.set(detached(text), value);
    return value;
  };
  // The store and mostly the day are those of the row before: comparing is cheaper than looking up.
  return (text) => {
    if (text === last) return lastValue;
    lastValue = look(text);
    last = text;
    return lastValue;
  };
}

/** A copy: a piece cut from a megabyte would keep the whole megabyte. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/** Reads codes of stores and items. */
export function codeReader(decode: Decode): (latin1: string) => string | typeof NOT_TEXT | CodeProblem {
  return cached((latin1) => {
    const text = decode(detached(latin1));
    return text === undefined ? NOT_TEXT : parseCode(text);
  });
}

/** Reads numbers; small whole ones, which nearly all are, without looking anything up. */
export function numberReader(
  decode: Decode,
  decimal: DecimalMark,
): (latin1: string) => number | typeof NOT_VALUE {
  const slow = cached((latin1) => {
    const text = decode(latin1);
    return (text === undefined ? undefined : parseNumber(text, decimal)) ?? NOT_VALUE;
  });
  return (latin1) => {
    const { length } = latin1;
    if (length === 0 || length > 9) return slow(latin1);
    let value = 0;
    for (let i = 0; i < length; i++) {
      const digit = latin1.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) return slow(latin1);
      value = value * 10 + digit;
    }
    return value;
  };
}

/** Reads days; of `2026-11-23 08:15:00` only the day is looked up. */
export function dayReader(
  decode: Decode,
  rules: DateRules,
): (latin1: string) => DayNumber | typeof NOT_VALUE {
  const parse = cached((latin1) => parseDate(decode(latin1) ?? "", rules) ?? NOT_VALUE);
  return (latin1) => parse(isLocalTime(latin1) ? latin1.slice(0, 10) : latin1);
}

/** YYYY?MM?DD?HH:MM or with seconds, without a zone. */
function isLocalTime(text: string): boolean {
  const { length } = text;
  if ((length !== 16 && length !== 19) || text.charCodeAt(13) !== 58) return false;
  const separator = text.charCodeAt(4);
  const between = text.charCodeAt(10);
  if ((separator !== 45 && separator !== 47) || (between !== 32 && between !== 84)) return false;
  return text.charCodeAt(11) <= 50 && isDigit(text, 12) && isDigit(text, 14) && isDigit(text, length - 1);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** The digits of a time of day in a date's text (08:15 and 8:15:00 alike), so that receipts of one day are told apart. */
export function timeDigits(text: string): string {
  const found = /(\d{1,2})[:時](\d{2})/.exec(text);
  if (found) return `${found[1]?.padStart(2, "0")}${found[2]}`;
  return /^\d{12,14}$/.test(text) ? text.slice(8, 12) : "";
}
