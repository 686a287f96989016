import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { LISTED_MAX, type NightDecisions, RUN_DOCUMENTS } from "../../contracts/run-documents";
import { type ActionRecord, isTaken } from "../../forecasting/drift/action-record";
import type { Calibration } from "../../forecasting/drift/calibration";
import { type ErrorRow, SEGMENT_KINDS } from "../../forecasting/drift/error-row";
import { columnAs } from "../engine/duckdb/columns";
import { type Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { ParquetWriter, type ParquetColumn } from "../engine/parquet/parquet-writer";

/** Files of a night's monitor: what was judged, what was decided, and what the next night goes on from. */
export const MONITOR_FILE = "monitor.json";
const RECORDS_FILE = "records.json";
const ERRORS_FILE = "errors.parquet";
/** Lines in CloudWatch's embedded metric format. */
export const METRICS_FILE = "metrics.jsonl";

const KEYS = ["day", "sku", "category", "kind"] as const;
const SUMS = ["cells", "actual", "absoluteError", "error", "naiveError", "noise"] as const;
const COLUMNS: readonly ParquetColumn[] = [
  ...KEYS.map((name) => ({ name, type: name === "day" ? ("DATE" as const) : ("INTEGER" as const) })),
  ...SUMS.map((name) => ({ name, type: "FLOAT" as const })),
];
/** Rows of a row group. */
const GROUP_ROWS = 122_880;

/** A history without a calibration has no column for it. */
const CALIBRATION: ParquetColumn = { name: "calibration", type: "FLOAT" };

export async function writeErrorRows(folder: string, rows: readonly ErrorRow[]): Promise<void> {
  const more = rows.some(({ calibration = 1 }) => calibration !== 1) ? [CALIBRATION] : [];
  const writer = await ParquetWriter.open(join(folder, ERRORS_FILE), [...COLUMNS, ...more], GROUP_ROWS);
  for (let start = 0; start < rows.length; start += GROUP_ROWS) {
    const part = rows.slice(start, start + GROUP_ROWS);
    const ints = (of: (row: ErrorRow) => number) => Int32Array.from(part, of);
    await writer.write(
      [
        ints(({ day }) => day),
        ints(({ sku }) => sku),
        ints(({ category }) => CATEGORIES.indexOf(category)),
        ints(({ kind }) => SEGMENT_KINDS.indexOf(kind)),
        ...SUMS.map((name) => Float32Array.from(part, (row) => row[name])),
        ...more.map(() => Float32Array.from(part, ({ calibration = 1 }) => calibration)),
      ],
      part.length,
    );
  }
  await writer.close();
}

export async function readErrorHistory(database: Database, folder: string): Promise<ErrorRow[]> {
  const path = quote(globSafe(join(folder, ERRORS_FILE)));
  const batch = await database.columns(`FROM read_parquet(${path}) ORDER BY day, sku`);
  const ints = Object.fromEntries(KEYS.map((name) => [name, columnAs(batch, name, Int32Array)]));
  const floats = Object.fromEntries(SUMS.map((name) => [name, columnAs(batch, name, Float32Array)]));
  const hasCalibration = batch.columns[CALIBRATION.name] !== undefined;
  const calibrations = hasCalibration ? columnAs(batch, CALIBRATION.name, Float32Array) : undefined;
  return Array.from({ length: batch.rowCount }, (_, i): ErrorRow => ({
    day: ints.day![i]!,
    sku: ints.sku![i]!,
    category: CATEGORIES[ints.category![i]!]!,
    kind: SEGMENT_KINDS[ints.kind![i]!]!,
    cells: floats.cells![i]!,
    actual: floats.actual![i]!,
    absoluteError: floats.absoluteError![i]!,
    error: floats.error![i]!,
    naiveError: floats.naiveError![i]!,
    noise: floats.noise![i]!,
    ...((calibrations?.[i] ?? 1) === 1 ? {} : { calibration: calibrations![i]! }),
  }));
}

export async function writeRecords(folder: string, records: readonly ActionRecord[]): Promise<void> {
  await writeFile(join(folder, RECORDS_FILE), `${JSON.stringify(records, undefined, 1)}\n`);
}

/** What the machine goes on by (contracts/run-documents.ts). */
export async function writeDecisions(
  folder: string,
  day: string,
  records: readonly ActionRecord[],
  calibrations: readonly Calibration[],
): Promise<void> {
  const retrain = records.filter((record) => record.action === "retrain" && isTaken(record));
  const decisions: NightDecisions = {
    day,
    retrain: CATEGORIES.filter((category) => retrain.some(({ scope }) => scope === category)),
    decisionCount: records.length,
    decisions: records
      .slice(0, LISTED_MAX)
      .map(({ scope, action, evidence }) => ({ scope, action, ...evidence })),
    calibrations: calibrations.map(({ category, version, factor, until }) => ({
      ...{ category, version, factor, until },
    })),
  };
  await writeFile(join(folder, RUN_DOCUMENTS.decisions), `${JSON.stringify(decisions)}\n`);
}

export async function readRecords(folder: string): Promise<ActionRecord[]> {
  const text = await readFile(join(folder, RECORDS_FILE), "utf8").catch(() => {
    throw new Error(`${folder} holds no night of the monitor: there is no ${RECORDS_FILE}`);
  });
  return JSON.parse(text) as ActionRecord[];
}
