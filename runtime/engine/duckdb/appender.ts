import { DuckDBDataChunk, type DuckDBAppender } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { NumberArray } from "./columns";
import { SOURCE_ROWS, SOURCE_TYPES, type SourceColumn } from "./source";

/** Collects rows in typed arrays and hands them to DuckDB a vector at a time. Numbers only. */
export class ColumnAppender {
  /** One per column: write row `count`, then call `advance`. */
  public readonly buffers: readonly NumberArray[];
  public count = 0;
  private readonly chunk: DuckDBDataChunk;

  public constructor(
    private readonly appender: DuckDBAppender,
    columns: readonly SourceColumn[],
    buffers: readonly NumberArray[],
  ) {
    this.buffers = buffers;
    this.chunk = DuckDBDataChunk.create(columns.map(({ type }) => SOURCE_TYPES[type]));
  }

  public advance(): void {
    this.count += 1;
    if (this.count === SOURCE_ROWS) this.flush();
  }

  /** Hands over what is left; the rows are visible to queries afterwards. */
  public finish(): void {
    this.flush();
    this.appender.flushSync();
  }

  public close(): void {
    this.appender.closeSync();
  }

  private flush(): void {
    if (this.count === 0) return;
    this.chunk.reset();
    this.chunk.rowCount = this.count;
    this.buffers.forEach((values, i) => {
      const vector = duckdb.data_chunk_get_vector(this.chunk.chunk, i);
      const bytes = this.count * values.BYTES_PER_ELEMENT;
      duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, bytes);
    });
    this.appender.appendDataChunk(this.chunk);
    this.count = 0;
  }
}
