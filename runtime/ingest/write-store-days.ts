import { quote, type Database } from "../engine/duckdb/database";
import { PARQUET_OPTIONS } from "../engine/duckdb/write-table";
import { readSql } from "./sum-sold";
import { workPaths } from "./work-folder";

/** Writes what is known of each store's days, and the first and last sale of each pair. */
export async function writeStoreDays(database: Database, lake: string): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TEMP VIEW file_stores AS
      SELECT file_id, store_map.id AS store_id, min(day) AS first_day, max(day) AS last_day
      FROM read_parquet(${quote(workPaths.linesOf(lake, "*"))}, hive_partitioning = false) AS lines
      JOIN store_map ON store_map.provisional = lines.store_id GROUP BY ALL;
    COPY (${await readSql("store-days")}) TO ${quote(`${lake}/store_days.parquet`)} (${PARQUET_OPTIONS});
    COPY (SELECT store_id, sku_id, first_day AS first_sale, last_day AS last_sale FROM pairs ORDER BY ALL)
      TO ${quote(`${lake}/pairs.parquet`)} (${PARQUET_OPTIONS});`);
}
