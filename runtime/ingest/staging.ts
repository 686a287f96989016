import { mkdir } from "node:fs/promises";
import { quote, type Database } from "../engine/duckdb/database";
import type { ColumnAppender } from "../engine/duckdb/appender";
import type { NumberArray } from "../engine/duckdb/columns";
import { SOURCE_ROWS, type SourceColumn } from "../engine/duckdb/source";
import { hashText } from "./row-hash";
import type { SalesRow } from "./sales-row";

/** Rows that are held before they go to disk: about 100 MB in DuckDB. */
const ROWS_PER_PART = 2_000_000;
/** Stores whose rows share a file: a later pass that wants a few stores skips the others' files by their statistics. */
const STORES_PER_GROUP = 50;
/** SQL of the group that a line's store is in: read from the line, never from a path, which may hold a user's `stores=7`. */
export const STORE_GROUP = `(store_id - 1) // ${STORES_PER_GROUP}`;

const COLUMNS: readonly (SourceColumn & { readonly array: new (length: number) => NumberArray })[] = [
  { name: "store_id", type: "INTEGER", array: Int32Array },
  { name: "sku_id", type: "INTEGER", array: Int32Array },
  { name: "day", type: "DATE", array: Int32Array },
  { name: "quantity", type: "FLOAT", array: Float32Array },
  { name: "price", type: "DOUBLE", array: Float64Array },
  { name: "list_price", type: "DOUBLE", array: Float64Array },
  { name: "key_high", type: "INTEGER", array: Int32Array },
  { name: "key_low", type: "INTEGER", array: Int32Array },
  { name: "file_id", type: "INTEGER", array: Int32Array },
  { name: "line", type: "INTEGER", array: Int32Array },
];

/** Values of `key_low` that say how a line is told from another; see lines.sql. */
const RECEIPT_BIT = 1;

/** Accepted rows on their way to the lake: Parquet files, so that memory does not grow with the sales. */
export class Staging {
  public rowCount = 0;
  private parts: number;
  private inPart = 0;

  private constructor(
    private readonly database: Database,
    private readonly folder: string,
    private readonly appender: ColumnAppender,
    firstPart: number,
  ) {
    this.parts = firstPart;
  }

  public static async open(database: Database, folder: string, firstPart = 0): Promise<Staging> {
    await mkdir(folder, { recursive: true });
    const columns = COLUMNS.map(({ name, type }) => `${name} ${type}`).join(", ");
    await database.run(`CREATE OR REPLACE TABLE staged (${columns})`);
    const buffers = COLUMNS.map(({ array: Values }) => new Values(SOURCE_ROWS));
    return new Staging(database, folder, await database.appender("staged", COLUMNS, buffers), firstPart);
  }

  public add(storeId: number, skuId: number, row: SalesRow, fileId: number, line: number): void {
    const [store, sku, day, quantity, price, listPrice, high, low, file, lines] = this.appender
      .buffers as NumberArray[] as Buffers;
    const i = this.appender.count;
    store[i] = storeId;
    sku[i] = skuId;
    day[i] = row.day;
    quantity[i] = row.quantity;
    price[i] = row.price;
    listPrice[i] = row.listPrice;
    const isNone = row.identityKind === "none";
    high[i] = isNone ? 0 : hashText(row.identity, 1) | 1;
    low[i] = isNone
      ? 0
      : (hashText(row.identity, 2) & ~1) | (row.identityKind === "receipt" ? RECEIPT_BIT : 0);
    file[i] = fileId;
    lines[i] = line;
    this.rowCount += 1;
    this.inPart += 1;
    this.appender.advance();
  }

  /** Number of the next part. */
  public get partCount(): number {
    return this.parts;
  }

  public get isFull(): boolean {
    return this.inPart >= ROWS_PER_PART;
  }

  /** Moves what is held to disk. */
  public async flush(): Promise<void> {
    if (this.inPart === 0) return;
    this.appender.finish();
    const path = quote(`${this.folder}/part=${this.parts}`);
    await this.database.run(`
      COPY (SELECT *, ${STORE_GROUP} AS stores FROM staged) TO ${path}
        (FORMAT parquet, COMPRESSION lz4, PARTITION_BY (stores));
      TRUNCATE staged;`);
    this.parts += 1;
    this.inPart = 0;
  }

  public async close(): Promise<void> {
    await this.flush();
    this.appender.close();
  }
}

type Buffers = [
  Int32Array,
  Int32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  Float64Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];
