import { join } from "node:path";
import { seriesDay } from "../../../contracts/feature-groups";
import { MODEL_INPUT_NAMES, modelInputCsv } from "../../../contracts/model-input";
import { isoDate, weekdayOf } from "../../../forecasting/calendar/day";
import { columnAs } from "../../engine/duckdb/columns";
import { Database, quote } from "../../engine/duckdb/database";
import { globSafe } from "../../engine/duckdb/glob-safe";
import { ONLINE_ROWS_FILE } from "../../scoring/online-rows";
import { BoundedCache } from "../bounded-cache";
import type { FeatureBatch, FeatureRow, OnlineFeatures } from "../online-features";

const MEMORY_MEGABYTES = 200;
/** Stores in memory: 3,000 SKUs for a week are about 8 MB. */
const CACHED_STORES = 32;

/** The online store of a run on this machine: the rows that its night was scored from, read store by store. */
export class ParquetFeatures implements OnlineFeatures {
  private readonly stores = new BoundedCache<ReadonlyMap<string, FeatureRow>>(CACHED_STORES);

  private constructor(
    private readonly database: Database,
    private readonly source: string,
  ) {}

  /** @param forecasts folder of `batchScore` with its online rows */
  public static ofForecasts(forecasts: string): Promise<ParquetFeatures> {
    return ParquetFeatures.open(join(globSafe(forecasts), "block=*", ONLINE_ROWS_FILE));
  }

  /** @param group folder of block=<nnn>.parquet, as the nightly machine's rows for the online store are written */
  public static ofGroup(group: string): Promise<ParquetFeatures> {
    return ParquetFeatures.open(join(globSafe(group), "block=*.parquet"));
  }

  private static async open(glob: string): Promise<ParquetFeatures> {
    const files = quote(glob);
    const database = await Database.open({ memoryMegabytes: MEMORY_MEGABYTES, threadCount: 1 });
    return new ParquetFeatures(
      database,
      `(SELECT * REPLACE (day::DATE AS day) FROM read_parquet(${files}, hive_partitioning = false))`,
    );
  }

  public close(): void {
    this.database.close();
  }

  public async readBatch(identifiers: readonly string[]): Promise<FeatureBatch> {
    const rows = new Map<string, FeatureRow>();
    for (const storeId of new Set(identifiers.map((identifier) => Number.parseInt(identifier, 10)))) {
      const store = await this.stores.get(String(storeId), () => this.readStore(storeId));
      for (const identifier of identifiers) {
        const row = store.get(identifier);
        if (row) rows.set(identifier, row);
      }
    }
    return { rows, unprocessed: [] };
  }

  private async readStore(storeId: number): Promise<ReadonlyMap<string, FeatureRow>> {
    const batch = await this.database.columns(`FROM ${this.source} WHERE store_id = ${storeId}`);
    const ids = columnAs(batch, "sku_id", Int32Array);
    const days = columnAs(batch, "day", Int32Array);
    const [baseline, naive] = ["baseline", "naive"].map((name) => columnAs(batch, name, Float32Array));
    const inputs = MODEL_INPUT_NAMES.map((name) => columnAs(batch, name, Float32Array));
    const rows = new Map<string, FeatureRow>();
    const input = new Float32Array(inputs.length);
    for (let row = 0; row < batch.rowCount; row++) {
      inputs.forEach((values, i) => (input[i] = values[row]!));
      rows.set(seriesDay(storeId, ids[row]!, weekdayOf(days[row]!)), {
        day: isoDate(days[row]!),
        csv: modelInputCsv(input),
        baseline: baseline![row]!,
        naive: Number.isNaN(naive![row]) ? undefined : naive![row],
      });
    }
    return rows;
  }
}
