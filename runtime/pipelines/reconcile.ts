import type { IngestReport } from "../ingest/ingest";
import type { Reconciliation } from "../report/report-data";

/** The counts of an ingest as lines that add up: read = kept + merged + rejected. */
export function reconcile(report: IngestReport): Reconciliation {
  const reasons = Object.entries(report.refusedByReason).sort(([, a], [, b]) => b - a);
  return {
    lines: [
      { what: "files", count: report.fileCount },
      { what: "sales rows read", count: report.readCount },
      { what: "kept", count: report.keptCount },
      { what: "merged (repeats of a kept line)", count: report.mergedCount },
      { what: "rejected (quarantine)", count: report.refusedCount },
      ...reasons.map(([reason, count]) => ({ what: `rejected: ${reason}`, count })),
      { what: "rejected in masters, weather, events, plans", count: report.refusedOtherCount },
      { what: "returns among the kept", count: report.returnCount },
      { what: "late rows", count: report.lateCount },
      { what: "store x SKU x days that ran out", count: report.stockedOutCount },
      { what: "store x SKU x days closed", count: report.closedCount },
      { what: "store x SKU x days in the lake", count: report.summary.rowCount },
    ],
    balanced: report.readCount === report.keptCount + report.mergedCount + report.refusedCount,
    warnings: [
      ...report.remarks,
      ...(report.refusedCount > 0 ? [`rejected rows are in ${report.quarantine}`] : []),
    ],
  };
}
