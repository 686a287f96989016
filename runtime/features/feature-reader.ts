import type { DayTables, TargetRange } from "../../forecasting/features/kernel";
import type { SeriesBlock } from "../../forecasting/features/series-block";
import { Database } from "../engine/duckdb/database";
import { openChainSums } from "./chain-sums";
import { prepareSession, readFeatureSql, selectBlock } from "./feature-session";
import { joinDayTables, loadBlock, loadDayTable, type DayTable } from "./load-block";

/**
 * The features of one range of target days, for several blocks one after another. What all stores share (plans, chain
 * mean) is computed once, when it opens.
 */
export class FeatureReader {
  private constructor(
    private readonly database: Database,
    private readonly lake: string,
    public readonly range: TargetRange,
    private readonly skus: DayTable,
  ) {}

  /**
   * @param chainSums what `reduceChain` wrote for this range
   * @param spillFolder takes what does not fit into memory: SKUs x days of a large assortment
   */
  public static async open(
    lake: string,
    range: TargetRange,
    chainSums: string,
    spillFolder: string,
  ): Promise<FeatureReader> {
    const database = await Database.open({ memoryMegabytes: 400, spillFolder });
    try {
      await prepareSession(database, lake, range);
      await openChainSums(database, chainSums, range);
      await database.run(await readFeatureSql("chain-mean"));
      await database.run(await readFeatureSql("sku-day"));
      return new FeatureReader(database, lake, range, await loadDayTable(database, "sku_day", range));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** A second reader on the same database, so that two blocks can be in work; close both. */
  public async fork(): Promise<FeatureReader> {
    const database = await this.database.fork();
    await prepareSession(database, this.lake, this.range);
    return new FeatureReader(database, this.lake, this.range, this.skus);
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

  /** The connection, for statements that write the rows. */
  public get connection(): Database {
    return this.database;
  }

  public close(): void {
    this.database.close();
  }
}
