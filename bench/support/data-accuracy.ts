import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { accuracyOf, type LevelAccuracy } from "../../forecasting/evaluation/accuracy-report";
import { SCORED_FILE } from "../../runtime/evaluation/scored-file";
import { Database, quote } from "../../runtime/engine/duckdb/database";
import { runForecastWeek } from "../../scripts/forecast-week";
import type { BenchLine, BenchReport } from "../report";
import { coverageGap, coverageLine } from "./coverage";

const FORECASTERS = [
  "champion",
  "moving average x weekday",
  "seasonal naive",
  "zero",
  "SQL baseline",
] as const;
const RESULTS = join(".smartretail", "bench");

/** Accuracy of the week on the user's own files, the champion beside the plain forecasters on the very same cells. */
export async function accuracyOnData(data: string): Promise<BenchReport> {
  await mkdir(RESULTS, { recursive: true });
  const folder = await mkdtemp(join(RESULTS, "accuracy-"));
  try {
    const out = join(folder, "week");
    const { report } = await runForecastWeek({ data, out, quiet: true });
    const { backtest, seconds, peakMegabytes } = report;
    if (!backtest) throw new Error(`--data is "${data}": the history is too short to hold days back`);
    const closed = await closedWeekdayShare(join(out, "evaluation", SCORED_FILE), backtest.days);
    return {
      name: "accuracy",
      lines: [
        { what: "whole week, data to report", seconds, peakMegabytes },
        ...linesOf("observed cells", levelOf(backtest.levels, "store x SKU x day")),
        ...linesOf("all open cells", levelOf(backtest.openDays.levels, "store x SKU x day")),
        ...linesOf("every day", levelOf(backtest.allDays.levels, "store x SKU x day")),
        ...linesOf("SKU x week", levelOf(backtest.levels, "SKU x week")),
        coverageLine(backtest.quantiles),
      ],
      ratios: [
        { name: "% of the champion's forecast on closed weekdays", value: 100 * closed, target: "< 1" },
        coverageGap(backtest.quantiles),
      ],
      notes: [
        `${backtest.days} hold-out days, ${backtest.origins.length} weekly origins; every day counts closed ones as 0`,
        "closed weekdays: those on which a store sold nothing in all evaluation days",
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function levelOf(levels: readonly LevelAccuracy[], name: LevelAccuracy["level"]): LevelAccuracy {
  const found = levels.find(({ level }) => level === name);
  if (!found) throw new Error(`the backtest has no level ${name}`);
  return found;
}

function linesOf(cells: string, level: LevelAccuracy): BenchLine[] {
  return FORECASTERS.map((name) => {
    const rate = 100 * (accuracyOf([level], level.level, name).wape.value ?? NaN);
    const note = `${rate.toFixed(2)} %, ${level.cells.toLocaleString("en")} cells`;
    return { what: `${name}, ${cells}`, rate, rateUnit: "% WAPE", note };
  });
}

/** Share of the hold-out's forecast that lies on weekdays on which the store never sold. */
async function closedWeekdayShare(scored: string, holdOutDays: number): Promise<number> {
  const database = await Database.open({ memoryMegabytes: 300 });
  try {
    const [row] = await database.rows<{ share: number | null }>(`
      WITH cells AS (
        SELECT store_id, day, dayofweek(day) AS weekday, units, champion, max(day) OVER () AS last_day
        FROM read_parquet(${quote(scored)})
      ), evaluated AS (
        SELECT *, count(*) FILTER (units > 0) OVER (PARTITION BY store_id, weekday) = 0 AS never_sold FROM cells
      )
      SELECT CAST(sum(champion) FILTER (never_sold) / sum(champion) AS DOUBLE) AS share
      FROM evaluated WHERE day > last_day - ${holdOutDays}`);
    return row?.share ?? 0;
  } finally {
    database.close();
  }
}
