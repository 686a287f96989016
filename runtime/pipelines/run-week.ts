import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isoDate } from "../../forecasting/calendar/day";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { backtest, backtestDispersions, nightDispersions } from "../evaluation/backtest";
import { buildFeatures } from "../features/build-features";
import { forecastNight, writeForecasts } from "../scoring/forecast-night";
import { DEFAULT_KNOBS, recommendOrders, writeOrders } from "../ordering/order";
import { seriesOf, simulateOrders, type SimulationResult } from "../ordering/simulate-orders";
import { type CategoryModels, trainModels } from "../training/train";
import { trainerPool } from "../training/trainer-pool";
import { holdOutFrom } from "../../forecasting/evaluation/windows";
import { removeInside } from "../engine/files/remove-owned";
import { withThreadPool } from "../engine/threads/thread-pool";
import { buildReport } from "../report/build-report";
import type { ReportData } from "../report/report-data";
import { type Item, readItems } from "../ordering/item-terms";
import { ModelStore } from "../models/model-store";
import { forecastPlots } from "../evaluation/plots";
import { type DataOptions, prepareData, type PreparedData } from "./prepare-data";
import { importanceOf, summariseOrders } from "../report/report-inputs";
import { readRowSet, type RowSet } from "../training/row-set";
import { type ScoredRows, scoreRows } from "../evaluation/scored-rows";
import { type ForecastSession, openSession } from "./session";
import { emptyStock, readStock, simulatedStock, type StockBook } from "../ordering/stock";
import type { Steps } from "./steps";

export interface WeekOptions extends DataOptions {
  /** Training threads. @default 2 */
  readonly threads?: number;
}

export const REPORT_FILE = "report.html";
export const SUMMARY_FILE = "summary.json";
export const FORECASTS_FILE = "forecasts.parquet";
export const ORDERS_FILE = "orders.csv";
const TOO_LITTLE = "too little history";
const FEATURE_FILES = "features/*/*.parquet";

/** Runs data -> features -> models -> backtest -> night -> orders -> report inside `folder`, which is empty. */
export async function runWeek(options: WeekOptions, folder: string, steps: Steps): Promise<ReportData> {
  await distributionReady;
  const data = await prepareData(options, folder, steps);
  const session = await openSession(data.lake, join(folder, "spill"));
  try {
    await prepareFeatures(session, folder, steps);
    const models = await trainAll(session, folder, options.threads ?? 2, steps);
    const scored = await steps.run("score", async () => {
      const judged = await readJudged(session, folder);
      return {
        result: scoreRows(judged, models),
        detail: `${rowText(judged.rowCount)} rows by four forecasters`,
      };
    });
    return await judgeAndOrder(options, folder, steps, data, session, models, scored);
  } finally {
    session.database.close();
    removeInside(folder, "spill");
  }
}

const rowText = (count: number) => count.toLocaleString("en");

async function prepareFeatures(session: ForecastSession, folder: string, steps: Steps): Promise<void> {
  const { trainFrom, trainTo, cutoff } = session.windows;
  await steps.run("features", async () => {
    const report = await buildFeatures({
      lake: session.lake,
      out: join(folder, "features"),
      from: isoDate(trainFrom),
      to: isoDate(cutoff + HORIZON_DAYS),
    });
    return { result: undefined, detail: `${rowText(report.rowCount)} rows` };
  });
  await steps.run("baseline", async () => {
    const state = await session.baseline.fit(trainTo);
    await session.baseline.predict(trainFrom, cutoff + HORIZON_DAYS, cutoff);
    await mkdir(join(folder, "models"), { recursive: true });
    await writeFile(join(folder, "models", "baseline.json"), JSON.stringify(state));
    return {
      result: undefined,
      detail: `${rowText(state.tables.factors.length)} factors from days up to ${state.fittedTo}`,
    };
  });
}

/** Days after training: validation, hold-out and the coming week. */
function readJudged(session: ForecastSession, folder: string): Promise<RowSet> {
  const { windows, database, truth } = session;
  return readRowSet(database, {
    features: join(folder, FEATURE_FILES),
    from: windows.trainTo + 1,
    to: windows.cutoff + HORIZON_DAYS,
    truth,
  });
}

function trainAll(
  session: ForecastSession,
  folder: string,
  threads: number,
  steps: Steps,
): Promise<CategoryModels[]> {
  return steps.run("train", async (onProgress) => {
    const judged = await readJudged(session, folder);
    const store = new ModelStore(join(folder, "models"));
    const features = join(folder, FEATURE_FILES);
    const models = await withThreadPool({ threads }, (pool) =>
      trainModels({ session, features, store, judged, pool: trainerPool(pool), onProgress }),
    );
    const trees = models.filter(({ champion }) => champion.kind === "boosted-trees").length;
    const detail = `champion and challenger for ${models.length} categories (${trees} with trees)`;
    return { result: models, detail };
  });
}

async function judgeAndOrder(
  options: WeekOptions,
  folder: string,
  steps: Steps,
  data: PreparedData,
  session: ForecastSession,
  models: readonly CategoryModels[],
  scored: ScoredRows,
): Promise<ReportData> {
  const [items, storeCodes] = [await readItems(session.database), await readStoreCodes(session)];
  const judged = await steps.run("backtest", async () => {
    const result = await backtest(session, scored);
    return { result, detail: result ? `${result.origins.length} origins, ${result.days} days` : TOO_LITTLE };
  });
  const simulation = await steps.run("simulate", async () => {
    const result = simulateOrders(session, scored, items, backtestDispersions(session, scored));
    return { result, detail: result ? `${rowText(result.series)} series, two practices` : TOO_LITTLE };
  });
  const dispersions = nightDispersions(session, scored);
  const night = await steps.run("forecast", async () => {
    const result = forecastNight(session, scored, dispersions);
    await writeForecasts(session, result, join(folder, FORECASTS_FILE));
    return { result, detail: `${rowText(result.mean.length)} forecasts with quantiles` };
  });
  const orders = await steps.run("order", async () => {
    const stock = await stockOf(options, session, scored, items, simulation);
    const all = recommendOrders(night, items, stock, dispersions, simulation?.ourKnobs ?? DEFAULT_KNOBS);
    await writeOrders(session, all, join(folder, ORDERS_FILE));
    const result = summariseOrders(all, items, storeCodes, stock);
    return { result, detail: `${rowText(result.lines)} order lines` };
  });
  return writeReport(folder, steps, {
    ...describe(session, data, models),
    forecastRows: night.mean.length,
    backtest: judged,
    plots: forecastPlots(session, scored, items, storeCodes, dispersions),
    simulation,
    orders,
  });
}

async function readStoreCodes({ database }: ForecastSession): Promise<Map<number, string>> {
  const rows = await database.rows<{ store_id: number; store_code: string }>(
    "SELECT store_id, store_code FROM stores",
  );
  return new Map(rows.map(({ store_id, store_code }) => [store_id, store_code]));
}

async function stockOf(
  options: WeekOptions,
  session: ForecastSession,
  scored: ScoredRows,
  items: ReadonlyMap<number, Item>,
  simulation: SimulationResult | undefined,
): Promise<StockBook> {
  const book = options.data ? await readStock(session.database, options.data) : undefined;
  if (book) return book;
  if (!simulation) return emptyStock;
  const { windows } = session;
  const dispersions = backtestDispersions(session, scored);
  const series = seriesOf(scored, items, dispersions, holdOutFrom(windows), windows.cutoff);
  return simulatedStock(series, simulation.ourKnobs);
}

type Measured = "steps" | "seconds" | "peakMegabytes" | "nodeVersion";

function describe(
  { summary, windows }: ForecastSession,
  data: PreparedData,
  models: readonly CategoryModels[],
): Omit<ReportData, Measured | "forecastRows" | "backtest" | "plots" | "simulation" | "orders"> {
  const cards = models.flatMap(({ championCard, challengerCard }) => [
    championCard,
    ...(challengerCard ? [challengerCard] : []),
  ]);
  return {
    source: data.seed === undefined ? "ingested" : "generated",
    firstDay: summary.firstDay,
    cutoff: summary.cutoff,
    stores: summary.storeCount,
    skus: summary.skuCount,
    rows: summary.rowCount,
    seed: data.seed,
    forecastFrom: isoDate(windows.cutoff + 1),
    forecastTo: isoDate(windows.cutoff + HORIZON_DAYS),
    importance: importanceOf(models),
    models: cards,
    reconciliation: data.reconciliation,
    remarks: [
      ...summary.remarks,
      ...windows.remarks,
      ...cards.flatMap(({ category, role, remarks }) =>
        remarks.map((remark) => `${category} ${role}: ${remark}`),
      ),
    ],
  };
}

async function writeReport(
  folder: string,
  steps: Steps,
  data: Omit<ReportData, Measured>,
): Promise<ReportData> {
  const report: ReportData = { ...data, ...steps.measured(), nodeVersion: process.versions.node };
  await writeFile(join(folder, REPORT_FILE), buildReport(report));
  // Plots are for eyes: JSON leaves an undefined key out.
  await writeFile(
    join(folder, SUMMARY_FILE),
    `${JSON.stringify({ ...report, plots: undefined }, undefined, 2)}\n`,
  );
  return report;
}
