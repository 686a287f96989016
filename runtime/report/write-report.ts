import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MODEL_INPUT } from "../../contracts/model-input";
import { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { counted } from "../engine/text/counted";
import { readStage } from "../engine/stages/run-stage";
import { readEvaluation } from "../evaluation/evaluate";
import { replayComparisons } from "../experiment/replay-comparison";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { readDriftPicture } from "../monitoring/drift-course";
import { readOrders } from "../ordering/order-week";
import { readSimulation } from "../ordering/simulate-orders";
import { allForecasts } from "../scoring/forecast-files";
import { readTrainReport, type TrainReport } from "../training/train";
import { buildReport } from "./build-report";
import { withComingWeek } from "./coming-week";
import type { Reconciliation, ReportData } from "./report-data";

export const REPORT_FILE = "report.html";
export const SUMMARY_FILE = "summary.json";

export interface WriteReportOptions {
  readonly lake: string;
  /** Folders of the stages that the report shows. */
  readonly models: string;
  readonly evaluation: string;
  readonly forecasts: string;
  readonly simulation: string;
  readonly orders: string;
  /** Folders of all stages in the order in which they ran, for the table of steps. */
  readonly stages: readonly string[];
  /** Counts of the ingest. */
  readonly reconciliation?: Reconciliation;
  /** Seed of generated data. */
  readonly seed?: number;
  /** Folder of the result, replaced as a whole: report.html, and summary.json for machines. */
  readonly out: string;
}

/** One page from what the stages wrote. */
export async function writeReport(options: WriteReportOptions): Promise<ReportData> {
  const data = await readData(options);
  return replaceFolder(options.out, async (folder) => {
    await writeFile(join(folder, REPORT_FILE), buildReport(data));
    // Plots are for eyes: JSON leaves an undefined key out.
    const summary = { ...data, plots: undefined };
    await writeFile(join(folder, SUMMARY_FILE), `${JSON.stringify(summary, undefined, 2)}\n`);
    return data;
  });
}

async function readData(options: WriteReportOptions): Promise<ReportData> {
  const { seed, reconciliation } = options;
  const summary = await readLake(options.lake);
  const training = await readTrainReport(options.models);
  const evaluation = await readEvaluation(options.evaluation);
  const { idle, ...published } = await readPublished(options.forecasts, evaluation.plots);
  const cards = cardsOf(training);
  const windows = windowsOf(options.lake, summary);
  const measured = measuredSteps(options.stages);
  return {
    source: seed === undefined ? "ingested" : "generated",
    firstDay: summary.firstDay,
    cutoff: summary.cutoff,
    stores: summary.storeCount,
    skus: summary.skuCount,
    rows: summary.rowCount,
    seed,
    currency: summary.currency ?? "JPY",
    backtest: evaluation.accuracy,
    selection: evaluation.selection,
    comparisons: await replayComparisons(options.evaluation, windows),
    drift: await readDriftPicture(options.lake, options.evaluation, windows),
    ...published,
    importance: importanceOf(training),
    models: cards,
    simulation: await readSimulation(options.simulation),
    orders: await readOrders(options.orders),
    reconciliation,
    ...measured,
    nodeVersion: process.versions.node,
    warnings: [
      ...summary.warnings,
      ...windows.warnings,
      ...idle,
      ...cards.flatMap(({ category, role, warnings }) =>
        warnings.map((warning) => `${category} ${role}: ${warning}`),
      ),
    ],
  };
}

type Published = Pick<ReportData, "forecastRows" | "forecastFrom" | "forecastTo" | "plots">;

async function readPublished(
  forecasts: string,
  plots: ReportData["plots"],
): Promise<Published & { readonly idle: readonly string[] }> {
  const database = await Database.open({ memoryMegabytes: 300 });
  try {
    const [about] = await database.rows<Omit<Published, "plots">>(`
      SELECT count(*) AS "forecastRows", min(day)::VARCHAR AS "forecastFrom", max(day)::VARCHAR AS "forecastTo"
      FROM ${allForecasts(forecasts)}`);
    const idle = [
      ...(await idleOf(database, forecasts, "store_code", ["store has", "stores have"], "closed")),
      ...(await idleOf(database, forecasts, "sku_code", ["item has", "items have"], "stopped selling")),
    ];
    return { ...about!, idle, plots: await withComingWeek(database, forecasts, plots) };
  } finally {
    database.close();
  }
}

/** Names that a warning shows at most. */
const SHOWN_NAMES = 5;

/** Stores or items whose whole week is forecast as 0: they are not ordered for either. */
async function idleOf(
  database: Database,
  forecasts: string,
  column: "store_code" | "sku_code",
  [one, many]: readonly [string, string],
  what: string,
): Promise<string[]> {
  const rows = await database.rows<{ code: string }>(
    `SELECT ${column} AS code FROM ${allForecasts(forecasts)} GROUP BY ${column} HAVING sum(mean_units) = 0 ORDER BY 1`,
  );
  if (rows.length === 0) return [];
  const names = rows.slice(0, SHOWN_NAMES).map(({ code }) => code);
  const more = rows.length > SHOWN_NAMES ? ` and ${rows.length - SHOWN_NAMES} more` : "";
  return [
    `${counted(rows.length, one, many)} ${what} (${names.join(", ")}${more}): forecast as 0 and not ordered until they sell again`,
  ];
}

const cardsOf = ({ categories }: TrainReport): ReportData["models"] =>
  categories.flatMap(({ champion, challenger }) => [champion, ...(challenger ? [challenger] : [])]);

function importanceOf({ categories }: TrainReport): ReportData["importance"] {
  const meanings = new Map(MODEL_INPUT.map(({ name, meaning }) => [name, meaning]));
  return categories
    .filter(({ importance }) => importance.length > 0)
    .map(({ category, importance }) => ({
      category,
      features: importance.map(({ feature, gainShare }) => ({
        name: feature,
        meaning: meanings.get(feature) ?? "",
        share: gainShare,
      })),
    }));
}

function measuredSteps(folders: readonly string[]): Pick<ReportData, "steps" | "seconds" | "peakMegabytes"> {
  const steps = folders.flatMap((folder) => {
    const record = readStage(folder);
    return record ? [{ name: record.stage, seconds: record.seconds, detail: record.detail }] : [];
  });
  return {
    steps,
    seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0),
    // maxRSS is in kilobytes (1024 bytes) on Linux and macOS alike, as libuv gives it.
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}
