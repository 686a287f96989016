import { quote, type Database } from "../engine/duckdb/database";
import type { InputFile } from "./input-files";
import { readCsv, type CsvEnd, type CsvOptions, type RecordHandler } from "./read-csv";

/** Reads a CSV, CSV.gz or Parquet file as records of texts; a Parquet row's line number counts the header as line 1. */
export async function readRecords(
  database: Database,
  file: InputFile,
  options: CsvOptions,
  handler: RecordHandler,
): Promise<CsvEnd> {
  if (/\.parquet$/i.test(file.path)) return readParquet(database, file, options, handler);
  return readCsv(file.path, options, handler);
}

async function readParquet(
  database: Database,
  file: InputFile,
  options: CsvOptions,
  handler: RecordHandler,
): Promise<CsvEnd> {
  if (file.byteCount === 0) throw new Error("the file is empty");
  const source = `read_parquet(${quote(file.path)})`;
  const described = await database
    .rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${source}`)
    .catch((error: unknown) => {
      throw new Error(`not a Parquet file (${firstLine(error)})`);
    });
  const names = described.map(({ column_name: name }) => name);
  handler.header(names, { delimiter: ",", decode: (text) => text });
  const columns = names.map(
    (name) => `CAST("${name.replaceAll('"', '""')}" AS VARCHAR) AS "${name.replaceAll('"', '""')}"`,
  );
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
  return { byteCount: file.byteCount, lineCount: line };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
