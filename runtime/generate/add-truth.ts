import type { WorldOptions } from "../../forecasting/generator/options";
import { makeWorld } from "../../forecasting/generator/world";
import { lakePaths } from "../../contracts/lake-layout";
import { type LakeSummary } from "../../forecasting/lake/schema";
import { copyCells } from "./copy-cells";
import { truthSource } from "./cell-source";
import { Database, quote } from "../engine/duckdb/database";
import { replaceFileSync } from "../engine/files/replace-file";
import { replaceFolder } from "../engine/files/replace-folder";
import { readLake } from "../lake/read-lake";

/**
 * Adds truth/ to a lake that was ingested from the files of `generateFiles` with the same options: numbers follow the
 * order of codes in both, so store 1 is store 1.
 */
export async function addTruth(lake: string, options: WorldOptions): Promise<LakeSummary> {
  const summary = await readLake(lake);
  const world = makeWorld(options);
  if (summary.storeCount !== options.stores || summary.skuCount !== options.skus) {
    throw new Error(
      `${lake} has ${summary.storeCount} stores and ${summary.skuCount} SKUs, the options ${options.stores} and ${options.skus}`,
    );
  }
  const database = await Database.open({ memoryMegabytes: 300 });
  try {
    const truth = truthSource(world, "truth");
    database.register(truth.source);
    const blocks = await database.rows<{ block: number; first: number; count: number }>(`
      SELECT block, min(store_id) AS first, count(*) AS count FROM ${quote(lakePaths.master(lake, "stores"))}
      GROUP BY block ORDER BY block`);
    await replaceFolder(`${lake}/truth`, async (folder) => {
      for (const { block, first, count } of blocks) {
        await copyCells(database, truth, folder, block, first - 1, count);
      }
    });
  } finally {
    database.close();
  }
  const complete = { ...summary, hasTruth: true, seed: options.seed };
  replaceFileSync(lakePaths.summary(lake), `${JSON.stringify(complete, undefined, 2)}\n`);
  return complete;
}
