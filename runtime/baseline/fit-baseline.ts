import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { BASELINE_SETTINGS } from "../../forecasting/baseline/state";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { INFERRED_STOCK_OUTS } from "../../forecasting/lake/schema";
import { LOOK_BACK_DAYS } from "../../forecasting/methods/method-kernel";
import type { MethodTables } from "../../forecasting/methods/method-tables";
import { type Selection, selectForecasters } from "../../forecasting/selection/select-forecasters";
import type { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { BASELINE_ROWS_FILE, writeBaselineRows } from "./baseline-file";
import { writeChosen } from "./chosen-file";
import { type MethodHistory, readMethodHistory } from "./method-history";
import { fillMethodRows, type MethodRows, StoreOpenings } from "./method-rows";
import { fitMethodTables, readMethodSums } from "./method-sums";
import { BASELINE_FILE } from "./read-baseline";
import { SqlBaseline } from "./sql-baseline";
import { ValidationRows } from "./validation-rows";

/** Megabytes for DuckDB; it spills what is more. */
const MEMORY_MEGABYTES = 480;
/** Days before the first row that the methods look back on. */
const HABIT_DAYS = LOOK_BACK_DAYS + HORIZON_DAYS + 1;

export interface FitBaselineOptions {
  readonly lake: string;
  /**
   * Folder of the result, replaced as a whole: baseline.json with the SQL baseline's factors, chosen.json with the
   * forecaster of each category and demand class, and block=<nnn>/baseline.parquet with the chosen baseline, what it was
   * chosen from and the baseline's features for every store, SKU and day of training, validation and hold-out.
   */
  readonly out: string;
}

export interface BaselineReport {
  /** ISO date of the last day that the factors saw. */
  readonly fittedTo: string;
  readonly factorCount: number;
  readonly rowCount: number;
  /** What was chosen, and why; empty without validation days. */
  readonly selection: Selection;
}

/** Fits the SQL baseline on the training days, lets it compete with simpler methods, and keeps what was chosen. */
export async function fitBaseline({ lake, out }: FitBaselineOptions): Promise<BaselineReport> {
  const summary = await readLake(lake);
  const windows = windowsOf(lake, summary);
  const { trainFrom, trainTo, cutoff } = windows;
  return replaceFolder(out, async (folder) => {
    const options = { folder, memoryMegabytes: MEMORY_MEGABYTES };
    return withSpillingLake(lake, options, async (database) => {
      const baseline = new SqlBaseline(database, BASELINE_SETTINGS);
      const state = await baseline.fit(trainTo);
      await writeFile(join(folder, BASELINE_FILE), JSON.stringify(state));
      await baseline.predict(trainFrom, cutoff, cutoff);
      const infers = summary.warnings.includes(INFERRED_STOCK_OUTS);
      const work = await openWork(database, windows, dayNumber(summary.firstDay), infers);
      const selection = await choose(work, summary.blocks);
      const rowCount = await writeBlocks(work, summary.blocks, selection, folder);
      await writeChosen(folder, summary.cutoff, selection, work.tables.coming, rulesOf(work));
      return { fittedTo: state.fittedTo, factorCount: state.tables.factors.length, rowCount, selection };
    });
  });
}

interface Work {
  readonly database: Database;
  readonly windows: BacktestWindows;
  readonly openings: StoreOpenings;
  readonly storeCount: number;
  /** As known before validation, before the hold-out, and at the cutoff. */
  readonly tables: Readonly<Record<"validation" | "holdOut" | "coming", MethodTables>>;
  /** The block that was read last: a lake of one block is read once. */
  readonly history: (block: number) => Promise<MethodHistory>;
}

async function openWork(
  database: Database,
  windows: BacktestWindows,
  firstDay: number,
  countsRanOut: boolean,
): Promise<Work> {
  const { trainFrom, trainTo, cutoff } = windows;
  const sums = await readMethodSums(database, firstDay, cutoff);
  const fit = (lastDay: number) =>
    fitMethodTables(database, sums, lastDay, cutoff + HORIZON_DAYS, countsRanOut);
  let last: { block: number; history: MethodHistory } | undefined;
  return {
    database,
    windows,
    openings: new StoreOpenings(sums.storeDays, cutoff),
    storeCount: sums.storeDays.storeCount,
    tables: {
      validation: await fit(trainTo),
      holdOut: await fit(holdOutFrom(windows) - 1),
      coming: await fit(cutoff),
    },
    history: async (block) => {
      if (last?.block !== block) {
        last = { block, history: await readMethodHistory(database, block, trainFrom - HABIT_DAYS) };
      }
      return last.history;
    },
  };
}

const tablesOn =
  ({ windows, tables }: Work) =>
  (day: number) =>
    day >= holdOutFrom(windows) ? tables.holdOut : tables.validation;

async function rowsOf(work: Work, block: number, from: number): Promise<MethodRows> {
  const history = await work.history(block);
  return fillMethodRows(work.database, block, isoDate(from), history, work.openings, tablesOn(work));
}

async function choose(work: Work, blocks: readonly number[]): Promise<Selection> {
  const { trainTo, validationDays } = work.windows;
  if (validationDays === 0) return [];
  const [row] = await work.database.rows<{ count: number }>(
    "SELECT count(DISTINCT (store_id, sku_id)) AS count FROM baseline",
  );
  const window = { from: trainTo + 1, to: trainTo + validationDays };
  const rows = new ValidationRows(window, work.tables.coming.countsRanOut, row?.count ?? 0);
  for (const block of blocks) rows.add(await rowsOf(work, block, trainTo + 1));
  return selectForecasters(rows.all());
}

async function writeBlocks(
  work: Work,
  blocks: readonly number[],
  selection: Selection,
  folder: string,
): Promise<number> {
  let rowCount = 0;
  for (const block of blocks) {
    const rows = await rowsOf(work, block, work.windows.trainFrom);
    await mkdir(join(folder, blockName(block)));
    const path = join(folder, blockName(block), BASELINE_ROWS_FILE);
    await writeBaselineRows(path, rows, selection, work.tables.coming.countsRanOut);
    rowCount += rows.rowCount;
  }
  return rowCount;
}

function rulesOf({ openings, storeCount, windows }: Work) {
  return Object.fromEntries(
    Array.from({ length: storeCount }, (_, store) => {
      const { closedWeekdays, holidays, closedDates } = openings.at(store, windows.cutoff);
      return [String(store), { closedWeekdays, holidays, closedDates }];
    }),
  );
}
