import { DuckDBDateValue, DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { fillColumns, readColumns, viewChunk, type ColumnBatch, type NumberArray } from "./columns";
import { ColumnAppender } from "./appender";
import { asFileError } from "./file-error";
import { registerColumnSource, type ColumnSource, type SourceColumn } from "./source";

/**
 * The one place that talks to DuckDB. An in-memory database over Parquet files: jobs read files, write files and keep
 * nothing. Results come as typed arrays, not objects, wherever there may be many rows.
 */
export interface DatabaseOptions {
  /** Megabytes (10^6 bytes) that DuckDB may hold before it spills; its own process overhead comes on top. @default 1000 */
  readonly memoryMegabytes?: number;
  /** @default 2 */
  readonly threadCount?: number;
  /** Folder for spill files; without one DuckDB fails instead of spilling. */
  readonly spillFolder?: string;
  /** Keeps the order of rows through COPY; costs memory. @default true */
  readonly keepsOrder?: boolean;
  /**
   * Joins as they are written: the left side is read in its order, the right side is looked up. Without it the optimiser
   * may swap the sides, and the order of the rows with them. It holds for one thread: several join row groups side by side and
   * give what is done first. @default false
   */
  readonly keepsJoinOrder?: boolean;
}

export type Row = Readonly<Record<string, unknown>>;

export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  public static async open(options: DatabaseOptions = {}): Promise<Database> {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: `${options.memoryMegabytes ?? 1000}MB`,
      threads: String(options.threadCount ?? 2),
      preserve_insertion_order: String(options.keepsOrder ?? true),
      temp_directory: options.spillFolder ?? "",
      ...(options.keepsJoinOrder ? { disabled_optimizers: "join_order,build_side_probe_side" } : {}),
    });
    return new Database(instance, await instance.connect());
  }

  /** A second connection to the same database: two statements then run side by side. */
  public async fork(): Promise<Database> {
    return new Database(this.instance, await this.instance.connect());
  }

  /** Runs statements for their effect. */
  public async run(sql: string): Promise<void> {
    await this.connection.run(sql).catch((error: unknown) => {
      throw asFileError(error, sql);
    });
  }

  /** Few rows as plain objects; BIGINT arrives as a number (exact to 2^53), DATE as an ISO string. */
  public async rows<T extends object = Row>(sql: string): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql).catch((error: unknown) => {
      throw asFileError(error, sql);
    });
    return reader.getRowObjects().map((row) => plainRow(row) as T);
  }

  /** Whole result as one typed array per column; see ColumnBatch for the types. */
  public async columns(sql: string): Promise<ColumnBatch> {
    try {
      return await readColumns(await this.connection.stream(sql));
    } catch (error) {
      throw asFileError(error, sql);
    }
  }

  /** The same for a result of numbers whose length is known, or its limit: it is held once, not in pieces first. */
  public async columnsUpTo(mostRows: number, sql: string): Promise<ColumnBatch> {
    try {
      return await fillColumns(await this.connection.stream(sql), mostRows);
    } catch (error) {
      throw asFileError(error, sql);
    }
  }

  /** The result in chunks of at most 2048 rows that are valid only until the next one is asked for. */
  public async *stream(sql: string): AsyncGenerator<ColumnBatch> {
    const result = await this.connection.stream(sql).catch((error: unknown) => {
      throw asFileError(error, sql);
    });
    const names = result.deduplicatedColumnNames();
    const types = names.map((_, i) => result.columnTypeId(i));
    for (;;) {
      const chunk = await result.fetchChunk().catch((error: unknown) => {
        throw asFileError(error, sql);
      });
      if (!chunk || chunk.rowCount === 0) return;
      yield viewChunk(names, types, chunk);
    }
  }

  /** Makes `SELECT * FROM name()` read typed arrays that a callback fills, in order, on one scanning thread. */
  public register(source: ColumnSource): void {
    registerColumnSource(this.connection, source);
  }

  /** Appends rows to a table through typed arrays, SOURCE_ROWS long, one per column. */
  public async appender(
    table: string,
    columns: readonly SourceColumn[],
    buffers: readonly NumberArray[],
  ): Promise<ColumnAppender> {
    return new ColumnAppender(await this.connection.createAppender(table), columns, buffers);
  }

  /** Closes this connection only; the database goes with its last connection. */
  public close(): void {
    this.connection.closeSync();
  }
}

/** DuckDB's BIGINT and DATE values as JSON-like ones. */
function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  return value;
}

/** A path or text as an SQL literal. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
