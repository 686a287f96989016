import { replaceFile } from "../files/replace-file";
import { spreadsheetTextSql } from "../csv/spreadsheet-text";
import { type Database, quote } from "./database";
import { SOURCE_ROWS, type SourceColumn } from "./source";
import type { NumberArray } from "./columns";

/** One column to write: its name, type and values. */
export interface OutputColumn extends SourceColumn {
  readonly values: NumberArray;
}

let sources = 0;

/**
 * Writes columns as one file through DuckDB, whole or not at all. `select` may join them to the lake's views; it reads
 * them as the relation `rows`.
 */
export async function writeRows(
  database: Database,
  columns: readonly OutputColumn[],
  select: string,
  file: string,
  format: "parquet" | "csv",
): Promise<void> {
  const name = registerRows(database, columns);
  const options = format === "parquet" ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER";
  const all = `WITH rows AS (FROM ${name}()) ${select}`;
  const query = format === "csv" ? await withSafeTexts(database, all) : all;
  await replaceFile(file, (part) => database.run(`COPY (${query}) TO ${quote(part)} (${options})`));
}

/** The query with every text made harmless for spreadsheets; numbers stay as they are. */
export async function withSafeTexts(database: Database, query: string): Promise<string> {
  const columns = await database.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${query}`);
  const texts = columns
    .filter(({ column_type }) => column_type === "VARCHAR")
    .map(({ column_name }) => `${spreadsheetTextSql(`"${column_name}"`)} AS "${column_name}"`);
  return texts.length === 0 ? query : `SELECT * REPLACE (${texts.join(", ")}) FROM (${query})`;
}

/** A table of the columns, for several reads. */
export async function tableOfRows(
  database: Database,
  table: string,
  columns: readonly OutputColumn[],
): Promise<void> {
  await database.run(`CREATE TABLE ${table} AS FROM ${registerRows(database, columns)}()`);
}

/** @returns the name of the table function; it can be read once */
export function registerRows(database: Database, columns: readonly OutputColumn[]): string {
  const rowCount = columns[0]?.values.length ?? 0;
  const name = `output_rows_${++sources}`;
  const buffers = columns.map(({ values }) => values.slice(0, 0));
  let done = 0;
  database.register({
    name,
    columns,
    rowCount,
    buffers,
    next: () => {
      const count = Math.min(SOURCE_ROWS, rowCount - done);
      columns.forEach(({ values }, i) => (buffers[i] = values.slice(done, done + count)));
      done += count;
      return count;
    },
  });
  return name;
}
