import type { DayNumber } from "./day";

/** How many rows a day has. */
export interface DayRows {
  readonly day: DayNumber;
  readonly rows: number;
}

export interface Span {
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** Stray dates are separated from all others by a gap of at least this many days, */
const SHORTEST_GAP_DAYS = 8;
/** and of at least this many times the longest gap between the other days. */
const GAP_RATIO = 3;
/** With fewer days nothing is taken for a stray: the usual gap is not known. */
const FEWEST_DAYS = 10;
/** Days beyond the gap hold together at most this share of all days with sales, */
const MOST_DAYS_SHARE = 0.1;
/** and each at most this share of the rows of a usual day, or, where usual days have hardly more than one row, */
const MOST_ROWS_SHARE = 0.25;
const FEW_ROWS = 4;
/** so many rows: then nothing but the gap can tell. */
const MOST_FEW_ROWS = 3;

/**
 * First and last day of the data without stray dates, such as those of a till whose clock was reset to 2000-01-01 or ran 45
 * days ahead. `days` are in order; strays are cut off from both ends as long as there are any.
 */
export function robustSpan(days: readonly DayRows[]): Span {
  let [from, to] = [0, days.length - 1];
  for (;;) {
    const start = strayHead(days.slice(from, to + 1));
    const end = strayHead(mirrored(days.slice(from, to + 1)));
    if (start === 0 && end === 0) break;
    if (start > 0) from += start;
    else to -= end;
  }
  return { first: days[from]?.day ?? 0, last: days[to]?.day ?? 0 };
}

function mirrored(days: readonly DayRows[]): DayRows[] {
  return days.map(({ day, rows }) => ({ day: -day, rows })).reverse();
}

/** How many of the first days are strays. */
function strayHead(days: readonly DayRows[]): number {
  const most = Math.floor(days.length * MOST_DAYS_SHARE);
  for (let count = 1; count <= Math.max(1, most); count++) {
    const [head, rest] = [days.slice(0, count), days.slice(count)];
    if (rest.length < FEWEST_DAYS) return 0;
    const gap = (rest[0]?.day ?? 0) - (head.at(-1)?.day ?? 0);
    if (gap < SHORTEST_GAP_DAYS || gap < GAP_RATIO * longestGap(rest)) continue;
    const usual = medianRows(rest);
    const isFew =
      usual <= FEW_ROWS
        ? head.reduce((sum, { rows }) => sum + rows, 0) <= MOST_FEW_ROWS
        : head.every(({ rows }) => rows <= MOST_ROWS_SHARE * usual);
    if (isFew) return count;
  }
  return 0;
}

function longestGap(days: readonly DayRows[]): number {
  return days.slice(1).reduce((longest, { day }, i) => Math.max(longest, day - (days[i]?.day ?? day)), 1);
}

function medianRows(days: readonly DayRows[]): number {
  const rows = days.map((entry) => entry.rows).sort((a, b) => a - b);
  return rows[rows.length >> 1] ?? 0;
}
