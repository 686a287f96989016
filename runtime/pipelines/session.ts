import { dayNumber } from "../../forecasting/calendar/day";
import type { BacktestWindows } from "../../forecasting/evaluation/windows";
import { planWindows } from "../../forecasting/evaluation/windows";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { BASELINE_SETTINGS } from "../../forecasting/baseline/state";
import { readLake } from "../lake/read-lake";
import { Database } from "../engine/duckdb/database";
import { openLakeViews } from "../lake/lake-views";
import { SqlBaseline } from "../baseline/sql-baseline";

/** Megabytes for DuckDB; the process adds its arrays. */
const MEMORY_MEGABYTES = 700;

/** A lake opened for forecasting: its views, its baseline and the windows of the run. */
export interface ForecastSession {
  readonly lake: string;
  /** The lake again, when it holds the truth of generated data. */
  readonly truth?: string;
  readonly summary: LakeSummary;
  readonly windows: BacktestWindows;
  readonly database: Database;
  readonly baseline: SqlBaseline;
}

export async function openSession(lake: string, spillFolder?: string): Promise<ForecastSession> {
  const summary = await readLake(lake);
  if (summary.rowCount === 0) throw new Error(`${lake} holds no sales: there is no history to forecast from`);
  const windows = planWindows(dayNumber(summary.firstDay), dayNumber(summary.cutoff));
  const database = await Database.open({
    memoryMegabytes: MEMORY_MEGABYTES,
    spillFolder,
  });
  await openLakeViews(database, lake);
  const truth = summary.hasTruth ? lake : undefined;
  return { lake, truth, summary, windows, database, baseline: new SqlBaseline(database, BASELINE_SETTINGS) };
}
