import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBTableFunction,
  FLOAT,
  INTEGER,
  SMALLINT,
  TINYINT,
  VARCHAR,
  type DuckDBConnection,
} from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { NumberArray } from "./columns";

/** Rows that one call may deliver: DuckDB's vector size. */
export const SOURCE_ROWS = 2048;

export const SOURCE_TYPES = { BOOLEAN, DATE, DOUBLE, FLOAT, INTEGER, SMALLINT, TINYINT, VARCHAR } as const;
export type SourceType = keyof typeof SOURCE_TYPES;

/** Rows that come out of JavaScript: `SELECT * FROM name()`. */
export interface ColumnSource {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  /** Rows in all, for the plan; a guess is fine. */
  readonly rowCount?: number;
  /** Fills `buffers` (one per column, SOURCE_ROWS long) and returns the rows filled; 0 ends the scan. */
  readonly next: () => number;
  /** One per column, in order; filled by `next`. */
  readonly buffers: readonly (NumberArray | string[])[];
}

export interface SourceColumn {
  readonly name: string;
  readonly type: SourceType;
  /** NaN becomes NULL; only FLOAT and DOUBLE. @default false */
  readonly nullable?: boolean;
}

/**
 * Registers a table function. It scans on one thread, so that rows keep their order; two statements on two connections
 * use both cores. The callback runs on the main thread: it must not wait.
 */
export function registerColumnSource(connection: DuckDBConnection, source: ColumnSource): void {
  const validity = new Uint8Array(SOURCE_ROWS / 8);
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: source.name,
      bindFunction: (info) => {
        for (const { name, type } of source.columns) info.addResultColumn(name, SOURCE_TYPES[type]);
        if (source.rowCount !== undefined) info.setCardinality(source.rowCount, false);
      },
      initFunction: (info) => info.setMaxThreads(1),
      mainFunction: (info, output) => {
        try {
          const count = source.next();
          output.rowCount = count;
          if (count > 0) writeChunk(output.chunk, source, count, validity);
        } catch (error) {
          output.rowCount = 0;
          info.setError(error instanceof Error ? error.message : String(error));
        }
      },
    }),
  );
}

function writeChunk(
  chunk: duckdb.DataChunk,
  source: ColumnSource,
  count: number,
  validity: Uint8Array,
): void {
  source.columns.forEach((column, i) => {
    const values = source.buffers[i];
    if (!values) throw new Error(`column "${column.name}" has no buffer`);
    const vector = duckdb.data_chunk_get_vector(chunk, i);
    if (Array.isArray(values)) {
      for (let row = 0; row < count; row++)
        duckdb.vector_assign_string_element(vector, row, values[row] ?? "");
      return;
    }
    const bytes = count * values.BYTES_PER_ELEMENT;
    duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, bytes);
    if (column.nullable === true && findMissing(values, count, validity)) {
      duckdb.vector_ensure_validity_writable(vector);
      const maskBytes = Math.ceil(count / 64) * 8;
      duckdb.copy_data_to_vector_validity(vector, 0, validity.buffer as ArrayBuffer, 0, maskBytes);
    }
  });
}

/** Sets the validity bit of each value that is not NaN; returns whether any value is NaN. */
function findMissing(values: NumberArray, count: number, validity: Uint8Array): boolean {
  let any = false;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value !== value) {
      any = true;
      break;
    }
  }
  if (!any) return false;
  validity.fill(0);
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value === value) validity[i >> 3] = (validity[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return true;
}
