import { counted } from "../engine/text/counted";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { noFigures, type FileCounts, type Figures } from "./sales-counts";
import { STRAY_KIND, type KeptSales } from "./sum-sold";
import type { DailyCounts } from "./write-daily";

export interface IngestReport {
  readonly summary: LakeSummary;
  readonly fileCount: number;
  /** Sales rows: read = kept + merged + rejected. */
  readonly readCount: number;
  readonly keptCount: number;
  /** Repeats of a line that is kept. */
  readonly mergedCount: number;
  readonly rejectedCount: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Rejected rows of masters, weather, events and plans; not part of the sum above. */
  readonly rejectedOtherCount: number;
  /** Rows, units and sales, each read = kept + merged + rejected: to be held against a till total. */
  readonly figures: Readonly<Record<"read" | "kept" | "merged" | "rejected", Figures>>;
  /** ISO 4217, of the sales. */
  readonly currency: string;
  /** Rejected rows without a readable quantity: nobody knows their units. */
  readonly unreadableCount: number;
  /** Units of days on which more came back than was sold: such a day has zero in the lake. */
  readonly clippedUnits: number;
  readonly returnCount: number;
  readonly lateCount: number;
  readonly stockedOutCount: number;
  readonly closedCount: number;
  readonly byteCount: number;
  readonly quarantine: string;
  readonly warnings: readonly string[];
}

/** The counts of a run; money is rounded to a hundredth, where the order of sums cannot show. */
export function reportCounts(
  counts: FileCounts,
  sales: KeptSales,
  daily: DailyCounts,
  rejectedOtherCount: number,
) {
  const rejected = add(counts.rejected, sales.strays);
  const merged = add(counts.staged, sales.kept, -1);
  const repeats = add(merged, sales.strays, -1);
  const reasons = new Map(Object.entries(counts.reasons));
  if (sales.strays.rows > 0) reasons.set(STRAY_KIND, sales.strays.rows);
  return {
    readCount: counts.read.rows,
    keptCount: sales.kept.rows,
    mergedCount: repeats.rows,
    rejectedCount: rejected.rows,
    rejectedByReason: Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1))),
    rejectedOtherCount,
    figures: {
      read: rounded(counts.read),
      kept: rounded(sales.kept),
      merged: rounded(repeats),
      rejected: rounded(rejected),
    },
    unreadableCount: counts.unreadable,
    clippedUnits: Math.round(sales.clipped),
    returnCount: counts.returns,
    lateCount: counts.late,
    stockedOutCount: daily.stockedOutCount,
    closedCount: daily.closedCount,
    byteCount: counts.byteCount,
  };
}

/** What the terminal must say of lines that were read and do not count. */
export function countWarnings(
  report: ReturnType<typeof reportCounts>,
  sales: KeptSales,
  currency: string,
): string[] {
  const { merged } = report.figures;
  const warnings: string[] = [];
  const text = (value: number) => value.toLocaleString("en");
  if (merged.rows > 0)
    warnings.push(
      `${counted(merged.rows, "line")} had been sent before and count once (${counted(merged.units, "unit")}, ${text(merged.sales)} ${currency})`,
    );
  if (sales.strays.rows > 0)
    warnings.push(
      `${counted(sales.strays.rows, "line")} (${counted(sales.strays.units, "unit")}) dated far from all others, left out: see the quarantine file`,
    );
  if (report.clippedUnits > 0)
    warnings.push(
      `${counted(report.clippedUnits, "unit")} came back on days that sold fewer: those days count as zero`,
    );
  return warnings;
}

function add(a: Figures, b: Figures, sign = 1): Figures {
  const sum = noFigures();
  sum.rows = a.rows + sign * b.rows;
  sum.units = a.units + sign * b.units;
  sum.sales = a.sales + sign * b.sales;
  return sum;
}

function rounded({ rows, units, sales }: Figures): Figures {
  const hundredths = (value: number) => Math.round(value * 100) / 100 || 0;
  return { rows, units: hundredths(units), sales: hundredths(sales) };
}
