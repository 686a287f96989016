import { join } from "node:path";
import { isoDate } from "../../forecasting/calendar/day";
import { worldDays } from "../../forecasting/generator/options";
import { addTruth } from "../generate/add-truth";
import { generateFiles } from "../generate/generate-files";
import { ingest, type IngestReport } from "../ingest/ingest";
import type { Reconciliation } from "../report/report-data";
import type { Steps } from "./steps";

export interface DataOptions {
  /** Folder with the user's own files, or one file of sales; generated files otherwise. */
  readonly data?: string;
  readonly stores: number;
  readonly skus: number;
  readonly days: number;
  readonly seed: number;
  /** No sale can be later than this ISO date. Generated data brings its own. */
  readonly today: string;
  /** CSV of the rows that ingest refuses; it stays when the run fails. */
  readonly quarantine: string;
}

export interface PreparedData {
  readonly lake: string;
  /** Generated data only: its lake holds the truth too. */
  readonly seed?: number;
  readonly reconciliation: Reconciliation;
}

/** Generates files where none are given, and ingests them: generated sales take the same way as a user's. */
export async function prepareData(options: DataOptions, folder: string, steps: Steps): Promise<PreparedData> {
  if (options.data !== undefined) return ingestFiles(options, options.data, folder, steps);
  const raw = join(folder, "raw");
  const { stores, skus, days, seed } = options;
  const world = { stores, skus, days, seed };
  await steps.run("generate", async (onProgress) => {
    const files = await generateFiles({
      out: raw,
      ...world,
      onProgress: (done, all) => onProgress(`${done} of ${all} stores`),
    });
    return { result: undefined, detail: `${text(files.lineCount)} receipt lines of ${stores} stores` };
  });
  const today = isoDate(worldDays(world).cutoff + 1);
  const ingested = await ingestFiles({ ...options, today }, raw, folder, steps);
  await steps.run("truth", async () => {
    const summary = await addTruth(ingested.lake, world);
    return { result: undefined, detail: `the true mean of ${text(summary.rowCount)} cells, to judge by` };
  });
  return { ...ingested, seed };
}

const text = (count: number) => count.toLocaleString("en");

async function ingestFiles(
  options: DataOptions,
  input: string,
  folder: string,
  steps: Steps,
): Promise<PreparedData> {
  const lake = join(folder, "lake");
  const report = await steps.run("ingest", async (onProgress) => {
    const result = await ingest({
      input,
      lake,
      today: options.today,
      quarantine: options.quarantine,
      onProgress: (what, done, all) => onProgress(`${what} ${text(done)} of ${text(all)}`),
    });
    const detail = `${text(result.readCount)} rows read, ${text(result.refusedCount)} refused, ${text(result.summary.rowCount)} store x SKU x days`;
    return { result, detail };
  });
  return { lake, reconciliation: reconcile(report) };
}

/** The counts of an ingest as lines that add up: read = kept + merged + refused. */
function reconcile(report: IngestReport): Reconciliation {
  const reasons = Object.entries(report.refusedByReason).sort(([, a], [, b]) => b - a);
  return {
    lines: [
      { what: "files", count: report.fileCount },
      { what: "sales rows read", count: report.readCount },
      { what: "kept", count: report.keptCount },
      { what: "merged (repeats of a kept line)", count: report.mergedCount },
      { what: "refused (quarantine)", count: report.refusedCount },
      ...reasons.map(([reason, count]) => ({ what: `refused: ${reason}`, count })),
      { what: "refused in masters, weather, events, plans", count: report.refusedOtherCount },
      { what: "returns among the kept", count: report.returnCount },
      { what: "late rows", count: report.lateCount },
      { what: "store x SKU x days that ran out", count: report.stockedOutCount },
      { what: "store x SKU x days closed", count: report.closedCount },
      { what: "store x SKU x days in the lake", count: report.summary.rowCount },
    ],
    balanced: report.readCount === report.keptCount + report.mergedCount + report.refusedCount,
    remarks: [
      ...report.remarks,
      ...(report.refusedCount > 0 ? [`refused rows are in ${report.quarantine}`] : []),
    ],
  };
}
