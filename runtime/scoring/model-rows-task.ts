import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { EVENT_TIME, FEATURE_GROUPS } from "../../contracts/feature-groups";
import { blockName } from "../../contracts/lake-layout";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { ONLINE_ROWS, TRANSFORM_KEYS } from "../../contracts/run-documents";
import { isoDate } from "../../forecasting/calendar/day";
import { featureIndex } from "../../forecasting/features/feature-list";
import { ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { Database, quote } from "../engine/duckdb/database";
import { type OutputColumn, tableOfRows } from "../engine/duckdb/write-rows";
import { replaceFile } from "../engine/files/replace-file";
import { takeBlock } from "../engine/threads/block-queue";
import { defineTask, type Report } from "../engine/threads/task";
import { CellFileReader, type CellBlock } from "./cell-block";
import { RowMemory, type RowColumns } from "./row-memory";
import { type Outlook, runningSeries, scoringRows } from "./score-block";
import { openCells, type PassTask, WORKER_MEGABYTES } from "./score-pass";
import type { ScoreTables } from "./score-tables";

/** The rows that models score, on one thread. */
export interface ModelRowsTask extends PassTask {
  readonly scoreTables: ScoreTables;
  readonly outlook: Outlook;
}

/**
 * @returns the number of rows that this thread wrote
 * @public a worker thread calls it by name
 */
export async function writeModelRows(task: ModelRowsTask, report: Report): Promise<number> {
  const database = await Database.open({ memoryMegabytes: WORKER_MEGABYTES, threadCount: 1 });
  const files = new CellFileReader();
  const memory = new RowMemory();
  let written = 0;
  try {
    for (let block = takeBlock(task.queue); block !== undefined; block = takeBlock(task.queue)) {
      const cells = await openCells(task, database, files, block);
      const rows = fillRows(task, cells, files, memory);
      await tableOfRows(database, "block_rows", columnsOf(rows));
      await writeFiles(database, task, block);
      await database.run("DROP TABLE block_rows");
      written += rows.storeIds.length;
      report(block);
    }
    return written;
  } finally {
    database.close();
  }
}

export const WRITE_MODEL_ROWS = defineTask(__filename, writeModelRows);

function fillRows(
  { scoreTables, outlook }: ModelRowsTask,
  cells: CellBlock,
  files: CellFileReader,
  memory: RowMemory,
): RowColumns {
  const count =
    runningSeries(cells, scoreTables).length * (scoreTables.range.toDay - scoreTables.range.fromDay + 1);
  const rows = memory.rows(count);
  let done = 0;
  for (const batch of scoringRows(cells, files.seriesBlock(cells), scoreTables, outlook)) {
    rows.storeIds.set(batch.storeIds, done);
    rows.skuIds.set(batch.skuIds, done);
    rows.days.set(batch.days, done);
    rows.sqlBaseline.set(batch.sqlBaseline, done);
    rows.naive.set(batch.naive, done);
    rows.baseline.set(batch.baseline, done);
    // Whatever a model answers, a day that is closed or a series that has ended sells nothing.
    batch.states.forEach((state, row) => {
      if (state !== ROW_STATE.open) rows.baseline[done + row] = 0;
    });
    batch.features.columns.forEach((column, f) => rows.features[f]!.set(column, done));
    done += batch.features.rows;
  }
  return rows;
}

/** A key and a column of the model may have the same name: the model's are numbered. */
const inputName = (position: number) => `input_${position}`;

function columnsOf(rows: RowColumns): OutputColumn[] {
  return [
    { name: "store_id", type: "INTEGER", values: rows.storeIds },
    { name: "sku_id", type: "INTEGER", values: rows.skuIds },
    { name: "day", type: "DATE", values: rows.days },
    { name: "baseline", type: "FLOAT", values: rows.baseline },
    { name: "naive", type: "FLOAT", values: rows.naive, nullable: true },
    { name: "sql_baseline", type: "FLOAT", values: rows.sqlBaseline, nullable: true },
    ...rows.features.map((values, f) => ({
      name: inputName(f),
      type: "FLOAT" as const,
      values,
      nullable: true,
    })),
  ];
}

async function writeFiles(
  database: Database,
  { out, scoreTables }: ModelRowsTask,
  block: number,
): Promise<void> {
  const copy = async (file: string, select: string, options: string) => {
    mkdirSync(dirname(file), { recursive: true });
    await replaceFile(file, (part) => database.run(`COPY (${select}) TO ${quote(part)} (${options})`));
  };
  const inputs = MODEL_INPUT_NAMES.map((_, f) => inputName(f));
  const category = inputName(featureIndex("category"));
  for (const [code, name] of CATEGORIES.entries()) {
    const [found] = await database.rows<{ count: number }>(
      `SELECT count(*) AS count FROM block_rows WHERE ${category} = ${code}`,
    );
    // An empty file is no input of a transform job.
    if (!found?.count) continue;
    await copy(
      join(out, name, `${blockName(block)}.csv`),
      `SELECT ${[...TRANSFORM_KEYS, ...inputs].join(", ")} FROM block_rows WHERE ${category} = ${code}`,
      "FORMAT csv, HEADER false",
    );
  }
  await copy(
    join(out, ONLINE_ROWS, `${blockName(block)}.parquet`),
    onlineRows(scoreTables),
    "FORMAT parquet",
  );
}

const ONLINE_GROUP = FEATURE_GROUPS.find(({ name }) => name === "store-sku-sales")!;

/** The day that entered the horizon, as the feature group has it: 00:00 in Japan of the first forecast day is its time. */
function onlineRows({ range }: ScoreTables): string {
  const columns = ONLINE_GROUP.columns.map(({ name }) => {
    if (name === "day") return "strftime(day, '%Y-%m-%d') AS day";
    if (name === "units") return "NULL::FLOAT AS units";
    const position = MODEL_INPUT_NAMES.indexOf(name);
    return position === -1 ? name : `${inputName(position)} AS ${name}`;
  });
  const eventTime = `${isoDate(range.cutoff)}T15:00:00Z`;
  return `
    SELECT format('{:05d}-{:05d}-{}', store_id, sku_id, isodow(day)) AS ${ONLINE_GROUP.recordIdentifier.name},
      '${eventTime}' AS ${EVENT_TIME.name}, ${columns.join(", ")}
    FROM block_rows WHERE day = DATE '${isoDate(range.toDay)}'`;
}
