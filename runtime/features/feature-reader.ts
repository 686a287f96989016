import type { FeatureBatch } from "../../forecasting/features/feature-list";
import { featureRows, newBatchBuffers, type TargetRange } from "../../forecasting/features/kernel";
import type { SeriesBlock } from "../../forecasting/features/series-block";
import type { DayTables } from "../../forecasting/features/kernel";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { Database } from "../engine/duckdb/database";
import { prepareSession, readFeatureSql, selectBlock } from "./feature-session";
import { joinDayTables, loadBlock, loadDayTable, type DayTable } from "./load-block";

/** Rows of a batch: 65,536 rows of all columns are 9 MB. */
const BATCH_ROWS = 65_536;

/**
 * The features of one range of target days, for several blocks one after another. What all stores share (plans, chain
 * mean) is computed once, when it opens.
 */
export class FeatureReader {
  private constructor(
    private readonly database: Database,
    private readonly lake: string,
    public readonly range: TargetRange,
    public readonly summary: LakeSummary,
    private readonly skus: DayTable,
  ) {}

  public static async open(lake: string, summary: LakeSummary, range: TargetRange): Promise<FeatureReader> {
    const database = await Database.open({ memoryMegabytes: 600 });
    try {
      await prepareSession(database, lake, range);
      await database.run(await readFeatureSql("chain-mean"));
      await database.run(await readFeatureSql("sku-day"));
      return new FeatureReader(
        database,
        lake,
        range,
        summary,
        await loadDayTable(database, "sku_day", range),
      );
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** A second reader on the same database, so that two blocks can be in work; close both. */
  public async fork(): Promise<FeatureReader> {
    const database = await this.database.fork();
    await prepareSession(database, this.lake, this.range);
    return new FeatureReader(database, this.lake, this.range, this.summary, this.skus);
  }

  /** What the kernel needs of one block. */
  public async load(block: number): Promise<{ readonly series: SeriesBlock; readonly tables: DayTables }> {
    await selectBlock(this.database, this.lake, block);
    await this.database.run(await readFeatureSql("store-day"));
    const stores = await loadDayTable(this.database, "store_day", this.range);
    return {
      series: await loadBlock(this.database, this.range),
      tables: joinDayTables(stores, this.skus, this.range),
    };
  }

  /** One block's rows, in order. The arrays of a batch are reused by the next one: copy what must stay. */
  public async *read(block: number, batchRows: number = BATCH_ROWS): AsyncGenerator<FeatureBatch> {
    const { series, tables } = await this.load(block);
    const buffers = newBatchBuffers(batchRows);
    const next = featureRows(series, tables, this.range, buffers);
    for (let rowCount = next(); rowCount > 0; rowCount = next()) yield { rowCount, ...buffers };
  }

  /** The connection, for statements that write the rows. */
  public get connection(): Database {
    return this.database;
  }

  public close(): void {
    this.database.close();
  }
}
