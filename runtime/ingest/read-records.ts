import { globSafe } from "../engine/duckdb/glob-safe";
import { quote, type Database } from "../engine/duckdb/database";
import { UserError } from "../engine/files/clear-error";
import { kindOfFile } from "./file-kind";
import { withFolderColumns } from "./folder-columns";
import type { InputFile } from "./list-files";
import { readCsv, type CsvOptions } from "./read-csv";
import type { RecordHandler, RecordsEnd } from "./record-handler";
import { unreadable } from "./unreadable-input";

/** Types of columns that hold several values in a row: no code, date or number can be read from them. */
const NESTED = /\[\d*\]$|^(?:STRUCT|MAP|UNION)\(/;

/** A needed column may be one that holds lists: nothing is concluded from the others. */
export class NestedColumns extends UserError {}

/** Reads a CSV, CSV.gz or Parquet file as records of texts, with what its folders say; a Parquet row's line number counts the header as line 1. */
export async function readRecords(
  database: Database,
  file: InputFile,
  options: CsvOptions,
  handler: RecordHandler,
): Promise<RecordsEnd> {
  const whole = withFolderColumns(file.name, handler);
  try {
    if (file.byteCount === 0) throw new Error("the file is empty");
    return /\.parquet$/i.test(file.path) || (await kindOfFile(file.path)) === "parquet"
      ? await readParquet(database, file, options, whole)
      : await readCsv(file.path, options, whole);
  } catch (error) {
    throw unreadable(error, file.name);
  }
}

async function readParquet(
  database: Database,
  file: InputFile,
  options: CsvOptions,
  handler: RecordHandler,
): Promise<RecordsEnd> {
  const source = `read_parquet(${quote(globSafe(file.path))}, hive_partitioning = false)`;
  const described = await database
    .rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${source}`)
    .catch((error: unknown) => {
      throw new Error(`not a Parquet file (${firstLine(error)})`);
    });
  const flat = described.filter(({ column_type: type }) => !NESTED.test(type));
  const nested = described.filter(({ column_type: type }) => NESTED.test(type));
  const names = flat.map(({ column_name: name }) => name);
  const same = (text: string) => text;
  try {
    handler.header(names, { decode: same, readable: same, isTyped: true }, 0);
  } catch (error) {
    if (nested.length === 0) throw error;
    const shown = nested.map(({ column_name: name, column_type: type }) => `${name} (${type})`).join(", ");
    throw new NestedColumns(
      `${firstLine(error)}; not read, for lists are no single value: ${shown}; write one row for each`,
    );
  }
  const columns = flat.map(({ column_name: name, column_type: type }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    // A number as people write it, not as 4.9e+12; a time with a zone as an instant.
    if (/^(?:DOUBLE|FLOAT)$/.test(type)) return `printf('%.15g', ${quoted}::DOUBLE) AS ${quoted}`;
    if (type === "TIMESTAMP WITH TIME ZONE")
      return `strftime(${quoted}::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ') AS ${quoted}`;
    const text = `CAST(${quoted} AS VARCHAR)`;
    // Older writers (Hive, Impala) do not mark texts as UTF-8; what is none stays as escaped bytes.
    return `${type === "BLOB" ? `coalesce(TRY(decode(${quoted})), ${text})` : text} AS ${quoted}`;
  });
  let line = 1;
  for await (const batch of database.stream(`SELECT ${columns.join(", ")} FROM ${source}`)) {
    const values = names.map((name) => batch.columns[name] as readonly string[]);
    for (let i = 0; i < batch.rowCount; i++) {
      const fields = values.map((column) => column[i] ?? "");
      handler.record(fields, ++line, fields.join(","));
    }
    await handler.pause?.();
  }
  options.onBytes?.(file.byteCount);
  return { byteCount: file.byteCount, lineCount: line, repeatedHeaders: 0 };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
