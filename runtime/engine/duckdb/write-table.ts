import type { ColumnType, LakeTable } from "../../../forecasting/lake/schema";
import { quote, type Database } from "./database";
import type { NumberArray } from "./columns";
import { SOURCE_ROWS, type SourceType } from "./source";

/** How every Parquet file of the lake is written: row groups are small, so that a writer holds little. */
export const PARQUET_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880";

type Cell = number | string | boolean | undefined;
export type TableRow = Readonly<Record<string, Cell>>;

const ARRAYS: Record<Exclude<ColumnType, "VARCHAR" | "BIGINT">, new (length: number) => NumberArray> = {
  BOOLEAN: Uint8Array,
  DATE: Int32Array,
  DOUBLE: Float64Array,
  FLOAT: Float32Array,
  INTEGER: Int32Array,
  SMALLINT: Int16Array,
  TINYINT: Int8Array,
};

let tables = 0;

/**
 * Writes rows as one Parquet file with the columns of `table`, ordered by its first two. A day is a day number;
 * undefined is NULL (FLOAT and VARCHAR columns only).
 */
export async function writeTable(
  database: Database,
  table: LakeTable,
  rows: Iterable<TableRow>,
  path: string,
): Promise<void> {
  const name = registerRows(database, table, rows);
  const order = table.columns.slice(0, 2).map((column) => column.name);
  await database.run(
    `COPY (SELECT * FROM ${name}() ORDER BY ${order.join(", ")}) TO ${quote(path)} (${PARQUET_OPTIONS})`,
  );
}

/** The same rows as a temporary table of this connection. */
export async function writeTableInto(
  database: Database,
  table: LakeTable,
  rows: Iterable<TableRow>,
  name: string,
): Promise<void> {
  await database.run(`CREATE OR REPLACE TEMP TABLE ${name} AS FROM ${registerRows(database, table, rows)}()`);
}

function registerRows(database: Database, table: LakeTable, rows: Iterable<TableRow>): string {
  const name = `rows_of_${table.name}_${++tables}`;
  const columns = table.columns.map((column) => ({
    name: column.name,
    type: column.type as SourceType,
    nullable: column.type === "FLOAT",
  }));
  const buffers = table.columns.map(({ type }) =>
    type === "VARCHAR"
      ? new Array<string>(SOURCE_ROWS)
      : new ARRAYS[type as keyof typeof ARRAYS](SOURCE_ROWS),
  );
  const iterator = rows[Symbol.iterator]();
  const next = () => {
    let count = 0;
    while (count < SOURCE_ROWS) {
      const step = iterator.next();
      if (step.done) break;
      const row = step.value;
      table.columns.forEach((column, i) => setCell(buffers[i] ?? [], count, row[column.name]));
      count += 1;
    }
    return count;
  };
  database.register({ name, columns, buffers, next });
  return name;
}

function setCell(buffer: NumberArray | string[], index: number, value: Cell): void {
  if (Array.isArray(buffer)) buffer[index] = String(value ?? "");
  else buffer[index] = value === undefined ? NaN : Number(value);
}
