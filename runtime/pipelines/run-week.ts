import { copyFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { MARKER_FILE } from "../engine/files/folder-marker";
import { removeInside } from "../engine/files/remove-owned";
import type { Stage } from "../engine/stages/run-stage";
import { QUARANTINE_FILE } from "../ingest/quarantine";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { ORDERS_CSV } from "../ordering/order-lines";
import type { ReportData } from "../report/report-data";
import { REPORT_FILE, SUMMARY_FILE, writeReport } from "../report/write-report";
import { type DataOptions, generateStage, ingestStage, truthStage } from "./data-stages";
import {
  baselineStage,
  evaluateStage,
  featureStage,
  orderStage,
  reduceChainStage,
  scoreStage,
  servingStage,
  simulateStage,
  sumChainStage,
  trainStage,
  type WeekFolders,
} from "./forecast-stages";
import { reconcile } from "./reconcile";
import type { Steps } from "./steps";

export interface WeekOptions extends DataOptions {
  /** Threads for training, scoring and ordering. @default 2 */
  readonly threads?: number;
}

/** What people open, relative to the folder of the run. */
export const WEEK_FILES = {
  report: REPORT_FILE,
  summary: SUMMARY_FILE,
  orders: ORDERS_CSV,
  /** Rows that could not be read, with file, line and reason. */
  quarantine: QUARANTINE_FILE,
  /** A glob: one file a block. */
  forecasts: "forecasts/block=*/forecasts.parquet",
} as const;

/**
 * Runs data -> features -> models -> evaluation -> forecasts -> orders -> report inside `folder`: a list of stages, each a
 * folder of its own. What an earlier run has finished in the same folder from the same inputs is not run again.
 */
export async function runWeek(options: WeekOptions, folder: string, steps: Steps): Promise<ReportData> {
  const at = foldersIn(folder);
  const threads = options.threads ?? 2;
  const ran: string[] = [];
  const run = async <Report extends object>(stage: Stage<Report>): Promise<Report> => {
    const report = await steps.run(stage);
    ran.push(stage.out);
    return report;
  };
  const isGenerated = options.data === undefined;
  const raw = options.data ?? join(folder, "raw");
  dropOthers(folder, [...Object.values(at), ...(isGenerated ? [raw, join(folder, "truth")] : [])]);
  if (isGenerated) await run(generateStage(options, raw));
  const ingested = await run(ingestStage(options, raw, at.lake));
  const truth = isGenerated ? join(folder, "truth") : undefined;
  if (truth !== undefined) await run(truthStage(options, at.lake, truth));
  const windows = windowsOf(at.lake, await readLake(at.lake));
  await run(sumChainStage(at, windows));
  await run(reduceChainStage(at));
  await run(featureStage(at, windows));
  await run(baselineStage(at));
  await run(trainStage(at, threads));
  await run(evaluateStage(at, truth));
  await run(scoreStage(at, threads));
  await run(simulateStage(at));
  await run(orderStage(at, options.data, threads));
  await run(servingStage(at));
  const data = await writeReport({
    ...at,
    out: at.report,
    stages: ran,
    reconciliation: reconcile(ingested),
    seed: isGenerated ? options.seed : undefined,
  });
  await showResults(at, folder);
  return data;
}

const foldersIn = (folder: string): WeekFolders => ({
  lake: join(folder, "lake"),
  blockSums: join(folder, "block-sums"),
  chainSums: join(folder, "chain-sums"),
  features: join(folder, "features"),
  baseline: join(folder, "baseline"),
  models: join(folder, "models"),
  evaluation: join(folder, "evaluation"),
  forecasts: join(folder, "forecasts"),
  simulation: join(folder, "simulation"),
  orders: join(folder, "orders"),
  serving: join(folder, "serving"),
  report: join(folder, "report"),
});

/** What an earlier run with other options has begun does not get into this run's result. */
function dropOthers(folder: string, owned: readonly string[]): void {
  const names = new Set([MARKER_FILE, ...owned.map((path) => basename(path))]);
  for (const name of readdirSync(folder)) if (!names.has(name)) removeInside(folder, name);
}

/** Puts what people open where they look for it. */
async function showResults(at: WeekFolders, folder: string): Promise<void> {
  for (const [from, name] of [
    [at.report, WEEK_FILES.report],
    [at.report, WEEK_FILES.summary],
    [at.orders, WEEK_FILES.orders],
    [at.lake, WEEK_FILES.quarantine],
  ] as const) {
    await copyFile(join(from, name), join(folder, name));
  }
}
