import { DuckDBTypeId, type DuckDBDataChunk, type DuckDBResult } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";

export type NumberArray = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;
export type ColumnArray = NumberArray | readonly string[];

/**
 * Columns by name, `rowCount` values each: TINYINT, SMALLINT, INTEGER, FLOAT and DOUBLE as the array of that width,
 * BOOLEAN as Uint8Array, DATE as Int32Array of day numbers, BIGINT as Float64Array, VARCHAR as strings.
 * NULL is NaN in a FLOAT or DOUBLE and "" in a VARCHAR, and an error in any other type.
 */
export interface ColumnBatch {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, ColumnArray>>;
}

type View = (bytes: Uint8Array, count: number) => NumberArray | BigInt64Array;

const VIEWS: Partial<Record<DuckDBTypeId, { bytes: number; view: View }>> = {
  [DuckDBTypeId.BOOLEAN]: { bytes: 1, view: (b, n) => new Uint8Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.TINYINT]: { bytes: 1, view: (b, n) => new Int8Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.SMALLINT]: { bytes: 2, view: (b, n) => new Int16Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.INTEGER]: { bytes: 4, view: (b, n) => new Int32Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.DATE]: { bytes: 4, view: (b, n) => new Int32Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.BIGINT]: { bytes: 8, view: (b, n) => new BigInt64Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.FLOAT]: { bytes: 4, view: (b, n) => new Float32Array(b.buffer, b.byteOffset, n) },
  [DuckDBTypeId.DOUBLE]: { bytes: 8, view: (b, n) => new Float64Array(b.buffer, b.byteOffset, n) },
};

/** One chunk as views on DuckDB's own memory: nothing is copied, so nothing may be kept. */
export function viewChunk(names: readonly string[], types: readonly DuckDBTypeId[], chunk: DuckDBDataChunk) {
  const columns: Record<string, ColumnArray> = {};
  const rowCount = chunk.rowCount;
  names.forEach((name, i) => {
    columns[name] = viewColumn(name, types[i], chunk, i, rowCount);
  });
  return { rowCount, columns } satisfies ColumnBatch;
}

function viewColumn(
  name: string,
  type: DuckDBTypeId | undefined,
  chunk: DuckDBDataChunk,
  index: number,
  count: number,
): ColumnArray {
  if (type === DuckDBTypeId.VARCHAR)
    return chunk.getColumnValues(index).map((value) => (value ?? "") as string);
  const format = type === undefined ? undefined : VIEWS[type];
  if (!format) throw new Error(`column "${name}": this type has no array; cast it in the SQL`);
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  const values = format.view(duckdb.vector_get_data(vector, count * format.bytes), count);
  const plain = values instanceof BigInt64Array ? Float64Array.from(values, Number) : values;
  markMissing(name, plain, duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8));
  return plain;
}

/** Writes NaN where the validity mask has a zero bit; the mask is absent when all rows are valid. */
function markMissing(name: string, values: NumberArray, validity: Uint8Array | null): void {
  if (!validity) return;
  const takesNaN = values instanceof Float32Array || values instanceof Float64Array;
  for (let i = 0; i < values.length; i++) {
    if (((validity[i >> 3] ?? 0) >> (i & 7)) & 1) continue;
    if (!takesNaN)
      throw new Error(`column "${name}" holds NULL: cast it to FLOAT or use coalesce in the SQL`);
    values[i] = NaN;
  }
}

/** A result of at most `mostRows` rows of numbers, copied into arrays of that length: nothing is held in pieces first. */
export async function fillColumns(result: DuckDBResult, mostRows: number): Promise<ColumnBatch> {
  const names = result.deduplicatedColumnNames();
  const types = names.map((_, i) => result.columnTypeId(i));
  const arrays = types.map((type) => emptyColumn(type, mostRows) as NumberArray);
  let rowCount = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const batch = viewChunk(names, types, chunk);
    names.forEach((name, i) => arrays[i]!.set(batch.columns[name] as NumberArray, rowCount));
    rowCount += batch.rowCount;
  }
  const columns = Object.fromEntries(names.map((name, i) => [name, arrays[i]!.subarray(0, rowCount)]));
  return { rowCount, columns };
}

/** The whole result, copied out of DuckDB's memory. */
export async function readColumns(result: DuckDBResult): Promise<ColumnBatch> {
  const names = result.deduplicatedColumnNames();
  const types = names.map((_, i) => result.columnTypeId(i));
  const parts: ColumnArray[][] = names.map(() => []);
  let rowCount = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const batch = viewChunk(names, types, chunk);
    names.forEach((name, i) => parts[i]?.push((batch.columns[name] ?? []).slice()));
    rowCount += batch.rowCount;
  }
  const columns: Record<string, ColumnArray> = {};
  names.forEach((name, i) => {
    columns[name] = concatenate(parts[i] ?? [], rowCount, types[i]);
    parts[i] = [];
  });
  return { rowCount, columns };
}

function concatenate(parts: readonly ColumnArray[], rowCount: number, type?: DuckDBTypeId): ColumnArray {
  const first = parts[0];
  if (!first) return emptyColumn(type);
  if (Array.isArray(first)) return (parts as string[][]).flat();
  const all = new (first.constructor as new (length: number) => NumberArray)(rowCount);
  let offset = 0;
  for (const part of parts as NumberArray[]) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function emptyColumn(type?: DuckDBTypeId, length = 0): ColumnArray {
  if (type === undefined || type === DuckDBTypeId.VARCHAR) return [];
  const format = VIEWS[type];
  const values = format?.view(new Uint8Array(length * format.bytes), length) ?? new Float64Array(length);
  return values instanceof BigInt64Array ? new Float64Array(length) : values;
}

/** A column that must be of the given array type: a wrong name or type is a fault of the SQL and says so. */
export function columnAs<T extends ColumnArray>(
  batch: ColumnBatch,
  name: string,
  arrayType: abstract new (...args: never[]) => T,
): T {
  const values = batch.columns[name];
  if (values instanceof arrayType) return values;
  const found =
    values === undefined ? `not among ${Object.keys(batch.columns).join(", ")}` : values.constructor.name;
  throw new Error(`column "${name}" is ${found}, expected ${arrayType.name}`);
}
