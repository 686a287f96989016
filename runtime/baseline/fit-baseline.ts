import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { BASELINE_SETTINGS } from "../../forecasting/baseline/state";
import { type Database, quote } from "../engine/duckdb/database";
import { PARQUET_OPTIONS } from "../engine/duckdb/write-table";
import { removeInside } from "../engine/files/remove-owned";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";
import { BASELINE_FILE } from "./read-baseline";
import { SqlBaseline } from "./sql-baseline";

/** Megabytes for DuckDB; it spills what is more. */
const MEMORY_MEGABYTES = 700;
const SPILL = "spill";

export interface FitBaselineOptions {
  readonly lake: string;
  /**
   * Folder of the result, replaced as a whole: baseline.json with the fitted factors, and block=<nnn>/baseline.parquet with
   * the baseline and its features for every store, SKU and day of training, validation and hold-out.
   */
  readonly out: string;
}

export interface BaselineReport {
  /** ISO date of the last day that the factors saw. */
  readonly fittedTo: string;
  readonly factorCount: number;
  readonly rowCount: number;
}

/** Fits the SQL baseline on the training days, and says what it expects of these and the evaluation days. */
export async function fitBaseline({ lake, out }: FitBaselineOptions): Promise<BaselineReport> {
  const summary = await readLake(lake);
  const { trainFrom, trainTo, cutoff } = windowsOf(lake, summary);
  return replaceFolder(out, async (folder) => {
    const spillFolder = join(folder, SPILL);
    const options = { memoryMegabytes: MEMORY_MEGABYTES, spillFolder };
    const report = await withLake(lake, options, async (database) => {
      const baseline = new SqlBaseline(database, BASELINE_SETTINGS);
      const state = await baseline.fit(trainTo);
      await writeFile(join(folder, BASELINE_FILE), JSON.stringify(state));
      await baseline.predict(trainFrom, cutoff, cutoff);
      for (const block of summary.blocks) await writeBlock(database, folder, block);
      const [row] = await database.rows<{ count: number }>("SELECT count(*) AS count FROM baseline");
      return {
        fittedTo: state.fittedTo,
        factorCount: state.tables.factors.length,
        rowCount: row?.count ?? 0,
      };
    });
    removeInside(folder, SPILL);
    return report;
  });
}

async function writeBlock(database: Database, folder: string, block: number): Promise<void> {
  await mkdir(join(folder, blockName(block)));
  await database.run(`
    COPY (
      FROM baseline SEMI JOIN (SELECT store_id FROM stores WHERE block = ${block}) USING (store_id)
      ORDER BY store_id, sku_id, day
    ) TO ${quote(join(folder, blockName(block), "baseline.parquet"))} (${PARQUET_OPTIONS})`);
}
