import type { DayNumber } from "../../forecasting/calendar/day";
import type { SalesRow } from "./sales-row";

/** Rows, units (returns are negative) and sales in the data's currency: what a till total is held against. */
export interface Figures {
  rows: number;
  units: number;
  sales: number;
}

export function noFigures(): Figures {
  return { rows: 0, units: 0, sales: 0 };
}

function addFigures(to: Figures, rows: number, units: number, sales: number): void {
  to.rows += rows;
  to.units += units;
  to.sales += sales;
}

/** What one file brought. */
export interface FileCounts {
  readonly read: Figures;
  /** Accepted so far; repeats and strays are found later. */
  readonly staged: Figures;
  readonly rejected: Figures;
  readonly reasons: Record<string, number>;
  /** Rejected rows whose quantity or price cannot be read: they are not in the units or the sales. */
  unreadable: number;
  returns: number;
  /** Rows more than a day older than the date in their file's name, where most of its rows are not. */
  late: number;
  byteCount: number;
  firstDay: DayNumber;
  lastDay: DayNumber;
}

export function noCounts(): FileCounts {
  return {
    read: noFigures(),
    staged: noFigures(),
    rejected: noFigures(),
    reasons: {},
    unreadable: 0,
    returns: 0,
    late: 0,
    byteCount: 0,
    firstDay: Infinity,
    lastDay: -Infinity,
  };
}

/** Counts a row as read and as staged or rejected for a reason. A row without price has units and no sales. */
export function countRow(counts: FileCounts, row: SalesRow, reason: string | undefined): void {
  const isRejected = reason !== undefined;
  const units = Number.isFinite(row.quantity) ? row.quantity : 0;
  const sales = Number.isFinite(row.price) ? units * row.price : 0;
  if (isRejected) counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
  if (isRejected && !Number.isFinite(row.quantity)) counts.unreadable += 1;
  addFigures(counts.read, 1, units, sales);
  addFigures(isRejected ? counts.rejected : counts.staged, 1, units, sales);
}

export function sumCounts(all: Iterable<FileCounts>): FileCounts {
  const sum = noCounts();
  for (const counts of all) {
    for (const name of ["read", "staged", "rejected"] as const)
      addFigures(sum[name], counts[name].rows, counts[name].units, counts[name].sales);
    for (const [reason, count] of Object.entries(counts.reasons))
      sum.reasons[reason] = (sum.reasons[reason] ?? 0) + count;
    sum.unreadable += counts.unreadable;
    sum.returns += counts.returns;
    sum.late += counts.late;
    sum.byteCount += counts.byteCount;
    sum.firstDay = Math.min(sum.firstDay, counts.firstDay);
    sum.lastDay = Math.max(sum.lastDay, counts.lastDay);
  }
  return sum;
}
