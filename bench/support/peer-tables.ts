import { mkdir, writeFile } from "node:fs/promises";
import { lakePaths } from "../../contracts/lake-layout";
import { prepareSession, readFeatureSql, targetRange } from "../../runtime/features/feature-session";
import { readLake } from "../../runtime/lake/read-lake";
import { Database, quote } from "../../runtime/engine/duckdb/database";

export interface PeerTables {
  readonly skuDay: string;
  readonly storeDay: string;
  /** Raw arrays of the first block, for a peer that reads no Parquet: <table>.<column>.<numpy type>. */
  readonly arrays: string;
}

/** Writes the day tables that the peers get ready made, and the first block as raw arrays. Not part of any measurement. */
export async function writePeerTables(lake: string, folder: string): Promise<PeerTables> {
  const summary = await readLake(lake);
  const range = targetRange({ from: summary.firstDay, to: summary.cutoff }, summary);
  const database = await Database.open({ memoryMegabytes: 2000 });
  const tables = {
    skuDay: `${folder}/sku_day.parquet`,
    storeDay: `${folder}/store_day.parquet`,
    arrays: `${folder}/arrays`,
  };
  try {
    await prepareSession(database, lake, range);
    await database.run(`CREATE TEMP TABLE chain_sums AS ${await readFeatureSql("chain-sums")}`);
    for (const name of ["chain-mean", "sku-day", "store-day"] as const) {
      await database.run(await readFeatureSql(name));
    }
    await database.run(`COPY sku_day TO ${quote(tables.skuDay)} (FORMAT parquet)`);
    await database.run(`COPY store_day TO ${quote(tables.storeDay)} (FORMAT parquet)`);
    await mkdir(tables.arrays, { recursive: true });
    await writeArrays(database, tables.arrays, "sku_day", "FROM sku_day");
    await writeArrays(database, tables.arrays, "store_day", "FROM store_day");
    const first = quote(lakePaths.daily(lake, summary.blocks[0]));
    await writeArrays(
      database,
      tables.arrays,
      "daily",
      `SELECT store_id, sku_id, day, CAST(promo_type > 0 AS FLOAT) AS p,
        CAST(CASE WHEN NOT is_closed AND NOT is_stocked_out THEN units END AS FLOAT) AS u FROM ${first}`,
    );
  } finally {
    database.close();
  }
  return tables;
}

async function writeArrays(database: Database, folder: string, table: string, sql: string): Promise<void> {
  const { columns } = await database.columns(sql);
  for (const [name, values] of Object.entries(columns)) {
    if (!ArrayBuffer.isView(values)) continue;
    const type = values instanceof Float32Array ? "float32" : "int32";
    await writeFile(`${folder}/${table}.${name}.${type}`, values as Float32Array);
  }
}
