import { lakePaths } from "../../contracts/lake-layout";
import type { WorldOptions } from "../../forecasting/generator/options";
import { makeWorld } from "../../forecasting/generator/world";
import { Database, quote } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { readLake } from "../lake/read-lake";
import { truthSource } from "./cell-source";
import { copyCells } from "./copy-cells";
import { globSafe } from "../engine/duckdb/glob-safe";

export interface WriteTruthOptions extends WorldOptions {
  readonly lake: string;
  /** Folder of the result, block=<nnn>/part-0.parquet each; replaced as a whole. */
  readonly out: string;
}

export interface TruthReport {
  readonly rowCount: number;
}

/**
 * The truth of a lake that was ingested from the files of `generateFiles` with the same options: numbers follow the order of
 * codes in both, so store 1 is store 1.
 */
export async function writeTruth({ lake, out, ...options }: WriteTruthOptions): Promise<TruthReport> {
  const summary = await readLake(lake);
  if (summary.storeCount !== options.stores || summary.skuCount !== options.skus) {
    throw new Error(
      `${lake} has ${summary.storeCount} stores and ${summary.skuCount} SKUs, the options ${options.stores} and ${options.skus}`,
    );
  }
  return replaceFolder(out, async (folder) => {
    const database = await Database.open({ memoryMegabytes: 300 });
    try {
      const truth = truthSource(makeWorld(options), "truth");
      database.register(truth.source);
      const blocks = await database.rows<{ block: number; first: number; count: number }>(`
        SELECT block, min(store_id) AS first, count(*) AS count FROM ${quote(lakePaths.master(globSafe(lake), "stores"))}
        GROUP BY block ORDER BY block`);
      let rowCount = 0;
      for (const { block, first, count } of blocks) {
        rowCount += await copyCells(database, truth, folder, block, first - 1, count);
      }
      return { rowCount };
    } finally {
      database.close();
    }
  });
}
