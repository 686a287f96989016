import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { blockName } from "../../contracts/lake-layout";
import type { Database } from "../engine/duckdb/database";
import { quantileName } from "./forecast-night";
import { writeRows } from "../engine/duckdb/write-rows";
import type { BlockForecasts } from "./score-block";

/** Quantiles of every row by its category's spread. */
function fillQuantiles(
  { mean, categories, quantiles }: BlockForecasts,
  lookups: readonly QuantileLookup[],
): void {
  const target = new Int32Array(quantiles.length);
  for (let row = 0; row < mean.length; row++) {
    lookups[categories[row]!]!.write(mean[row]!, target);
    for (let level = 0; level < target.length; level++) quantiles[level]![row] = target[level]!;
  }
}

/** Writes the forecasts of one block: the columns of the pipeline's forecasts.parquet, one file per block. */
export async function writeBlock(
  database: Database,
  forecasts: BlockForecasts,
  lookups: readonly QuantileLookup[],
  out: string,
  block: number,
): Promise<void> {
  const folder = join(out, blockName(block));
  await mkdir(folder, { recursive: true });
  fillQuantiles(forecasts, lookups);
  const names = QUANTILE_LEVELS.map(quantileName);
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: forecasts.storeIds },
      { name: "sku_id", type: "INTEGER", values: forecasts.skuIds },
      { name: "day", type: "DATE", values: forecasts.days },
      { name: "mean_units", type: "FLOAT", values: forecasts.mean },
      { name: "challenger_mean_units", type: "FLOAT", values: forecasts.challengerMean },
      ...names.map((name, level) => ({
        name,
        type: "INTEGER" as const,
        values: forecasts.quantiles[level]!,
      })),
    ],
    `SELECT s.store_code, p.sku_code, p.category, r.day, r.mean_units, r.challenger_mean_units,
            ${names.map((name) => `r.${name}`).join(", ")}
     FROM rows r JOIN stores s USING (store_id) JOIN products p USING (sku_id)`,
    join(folder, "forecasts.parquet"),
    "parquet",
  );
}
