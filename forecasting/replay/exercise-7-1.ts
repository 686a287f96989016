import { dayNumber, isoDate } from "../calendar/day";
import type { ActionRecord } from "../drift/action-record";
import { type Attribution, attributeChange } from "../drift/attribute-change";
import { type ErrorRow, SEGMENT_KINDS, type SegmentKind } from "../drift/error-row";
import { type ErrorSums, sumErrors } from "../drift/error-sums";
import { quarterEnd, quarterWorld, replayWorld } from "./quarter-scenario";

/**
 * The error of a chain rises from 15 over 18 to 25 % within a summer: in July 50 SKUs are launched, in August a quarter of the
 * assortment goes on a sale that nobody put into the plan.
 */
export interface Exercise71Size {
  readonly stores: number;
  /** SKUs in all, the new ones included. */
  readonly skus: number;
  readonly newSkus: number;
  readonly seed: number;
}

const SIZE: Exercise71Size = { stores: 40, skus: 1550, newSkus: 50, seed: 7 };

const FROM = "2026-06-01";
const MONTHS = ["2026-06", "2026-07", "2026-08"] as const;

interface MonthErrors {
  /** `2026-06`. */
  readonly month: string;
  readonly all: ErrorSums;
  readonly byKind: Readonly<Record<SegmentKind, ErrorSums>>;
}

interface Course {
  readonly months: readonly MonthErrors[];
  /** WAPE of every day from the first month on. */
  readonly days: readonly { readonly day: string; readonly errors: ErrorSums }[];
  readonly records: readonly ActionRecord[];
}

export interface Exercise71 {
  readonly size: Exercise71Size;
  /** What happens when nobody does anything, and when the monitor's decisions are carried out. */
  readonly leftAlone: Course;
  readonly actedOn: Course;
  /** The change of the left-alone error from the first month to each later one. */
  readonly attributions: readonly { readonly to: string; readonly attribution: Attribution }[];
}

export function exercise71(size: Exercise71Size = SIZE): Exercise71 {
  const { stores, skus, seed, newSkus } = size;
  const scenario = {
    launch: { count: newSkus, from: "2026-07-01", to: "2026-07-28", logPopularity: 0.8, alone: "2026-01-01" },
    sale: { from: "2026-08-01", to: quarterEnd(FROM), skuShare: 0.25, discount: 0.25 },
  };
  const [alone, acted] = replayWorld(quarterWorld({ stores, skus, seed, from: FROM, scenario }), [
    false,
    true,
  ]);
  const first = rowsOf(alone!.rows, MONTHS[0]);
  return {
    size,
    leftAlone: courseOf(alone!),
    actedOn: courseOf(acted!),
    attributions: MONTHS.slice(1).map((to) => ({
      to,
      attribution: attributeChange(first, rowsOf(alone!.rows, to))!,
    })),
  };
}

const rowsOf = (rows: readonly ErrorRow[], month: string) =>
  rows.filter(({ day }) => isoDate(day).startsWith(month));

function courseOf({
  rows,
  records,
}: {
  rows: readonly ErrorRow[];
  records: readonly ActionRecord[];
}): Course {
  const byDay = new Map<number, ErrorRow[]>();
  for (const row of rows) {
    if (row.day < dayNumber(FROM)) continue;
    const ofDay = byDay.get(row.day);
    if (ofDay) ofDay.push(row);
    else byDay.set(row.day, [row]);
  }
  const months = MONTHS.map((month) => {
    const ofMonth = rowsOf(rows, month);
    const kinds = SEGMENT_KINDS.map((kind) => [kind, sumErrors(ofMonth.filter((row) => row.kind === kind))]);
    return { month, all: sumErrors(ofMonth), byKind: Object.fromEntries(kinds) as MonthErrors["byKind"] };
  });
  const days = [...byDay].map(([day, ofDay]) => ({ day: isoDate(day), errors: sumErrors(ofDay) }));
  return { months, days, records };
}
