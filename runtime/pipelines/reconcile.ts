import type { IngestReport } from "../ingest/ingest";
import { QUARANTINE_FILE } from "../ingest/quarantine";
import type { Reconciliation } from "../report/report-data";

/** The counts of an ingest as lines that add up: read = kept + merged + rejected. */
export function reconcile(report: IngestReport): Reconciliation {
  const reasons = Object.entries(report.rejectedByReason).sort(([, a], [, b]) => b - a);
  return {
    lines: [
      { what: "files", count: report.fileCount },
      { what: "sales rows read", count: report.readCount },
      { what: "kept", count: report.keptCount },
      { what: "merged (repeats of a kept line)", count: report.mergedCount },
      { what: "rejected (quarantine)", count: report.rejectedCount },
      ...reasons.map(([reason, count]) => ({ what: `rejected: ${reason}`, count })),
      { what: "rejected in masters, weather, events, plans", count: report.rejectedOtherCount },
      ...figureLines(report),
      { what: "returns among the kept", count: report.returnCount },
      { what: "late rows", count: report.lateCount },
      { what: "store x SKU x days that ran out", count: report.stockedOutCount },
      { what: "store x SKU x days closed", count: report.closedCount },
      { what: "store x SKU x days in the lake", count: report.summary.rowCount },
    ],
    balanced: (["rows", "units", "sales"] as const).every((what) => isBalanced(report, what)),
    warnings: [
      ...report.warnings,
      ...(report.rejectedCount > 0
        ? [`rejected rows are in ${QUARANTINE_FILE} in the folder of the results, with file, line and reason`]
        : []),
    ],
  };
}

/** Units and sales beside the rows: what a till total is held against. */
function figureLines({ figures, currency, unreadableCount }: IngestReport) {
  const kinds = ["read", "kept", "merged", "rejected"] as const;
  return [
    ...kinds.map((kind) => ({ what: `units ${kind}`, count: figures[kind].units })),
    ...kinds.map((kind) => ({ what: `sales ${kind} (${currency})`, count: figures[kind].sales })),
    ...(unreadableCount > 0
      ? [{ what: "rejected rows whose units cannot be read", count: unreadableCount }]
      : []),
  ];
}

/** Read = kept + merged + rejected; sums of decimals agree to a hundredth of a unit a line. */
function isBalanced({ figures }: IngestReport, what: "rows" | "units" | "sales"): boolean {
  const { read, kept, merged, rejected } = figures;
  return Math.abs(read[what] - kept[what] - merged[what] - rejected[what]) < 0.05;
}
