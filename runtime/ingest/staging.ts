import { mkdir } from "node:fs/promises";
import { quote, type Database } from "../engine/duckdb/database";
import type { ColumnAppender } from "../engine/duckdb/appender";
import { SOURCE_ROWS, type SourceColumn } from "../engine/duckdb/source";
import { hashText } from "./row-hash";
import type { SalesRow } from "./sales-row";

/** Rows that are held before they go to disk: about 100 MB in DuckDB. */
const ROWS_PER_PART = 2_000_000;

const COLUMNS: readonly SourceColumn[] = [
  { name: "store_id", type: "INTEGER" },
  { name: "sku_id", type: "INTEGER" },
  { name: "day", type: "DATE" },
  { name: "quantity", type: "INTEGER" },
  { name: "price_yen", type: "INTEGER" },
  { name: "list_price_yen", type: "INTEGER" },
  { name: "key_high", type: "INTEGER" },
  { name: "key_low", type: "INTEGER" },
];

/** Parquet files of one block in a staging folder. */
export function stagedFiles(folder: string, block: number | undefined): string {
  return `${folder}/part=*/block=${block ?? "*"}/*.parquet`;
}

/**
 * Accepted rows on their way to the lake: Parquet files partitioned by block, so that the second pass holds one block
 * at a time however much there is.
 */
export class Staging {
  public rowCount = 0;
  private parts = 0;
  private inPart = 0;
  private readonly store: Int32Array;
  private readonly sku: Int32Array;
  private readonly day: Int32Array;
  private readonly quantity: Int32Array;
  private readonly price: Int32Array;
  private readonly listPrice: Int32Array;
  private readonly keyHigh: Int32Array;
  private readonly keyLow: Int32Array;

  private constructor(
    private readonly database: Database,
    private readonly folder: string,
    private readonly storesPerBlock: number,
    private readonly appender: ColumnAppender,
  ) {
    const [store, sku, day, quantity, price, listPrice, high, low] = appender.buffers as Int32Array[];
    this.store = store as Int32Array;
    this.sku = sku as Int32Array;
    this.day = day as Int32Array;
    this.quantity = quantity as Int32Array;
    this.price = price as Int32Array;
    this.listPrice = listPrice as Int32Array;
    this.keyHigh = high as Int32Array;
    this.keyLow = low as Int32Array;
  }

  public static async open(database: Database, folder: string, storesPerBlock: number): Promise<Staging> {
    await mkdir(folder, { recursive: true });
    const columns = COLUMNS.map(({ name, type }) => `${name} ${type}`).join(", ");
    await database.run(`CREATE OR REPLACE TABLE staged (${columns})`);
    const buffers = COLUMNS.map(() => new Int32Array(SOURCE_ROWS));
    return new Staging(database, folder, storesPerBlock, await database.appender("staged", COLUMNS, buffers));
  }

  public add(storeId: number, skuId: number, row: SalesRow): void {
    const i = this.appender.count;
    this.store[i] = storeId;
    this.sku[i] = skuId;
    this.day[i] = row.day;
    this.quantity[i] = row.quantity;
    this.price[i] = row.priceYen;
    this.listPrice[i] = row.listPriceYen;
    // A row without a transaction number gets its own number as key: it is never taken for a duplicate.
    this.keyHigh[i] = row.identity === "" ? 0 : hashText(row.identity, 1) | 1;
    this.keyLow[i] = row.identity === "" ? this.rowCount : hashText(row.identity, 2);
    this.rowCount += 1;
    this.inPart += 1;
    this.appender.advance();
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
      COPY (SELECT *, (store_id - 1) // ${this.storesPerBlock} AS block FROM staged) TO ${path}
        (FORMAT parquet, COMPRESSION lz4, PARTITION_BY (block));
      TRUNCATE staged;`);
    this.parts += 1;
    this.inPart = 0;
  }

  public async close(): Promise<void> {
    await this.flush();
    this.appender.close();
  }
}
