import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { blockName } from "../../forecasting/lake/schema";
import type { Database } from "../local/duckdb";
import { quantileName } from "../jobs/forecast-night";
import { writeRows } from "../forecast/write-rows";
import type { BlockForecasts } from "./score-block";

/** Quantiles of every row by its category's spread: one Int32Array per level. */
export function quantilesOf(forecasts: BlockForecasts, lookups: readonly QuantileLookup[]): Int32Array[] {
  const levels = lookups[0]?.levels ?? [];
  const quantiles = levels.map(() => new Int32Array(forecasts.mean.length));
  const target = new Int32Array(levels.length);
  for (let row = 0; row < forecasts.mean.length; row++) {
    lookups[forecasts.categories[row]!]!.write(forecasts.mean[row]!, target);
    for (let level = 0; level < levels.length; level++) quantiles[level]![row] = target[level]!;
  }
  return quantiles;
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
  const quantiles = quantilesOf(forecasts, lookups);
  const names = (lookups[0]?.levels ?? []).map(quantileName);
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: forecasts.storeIds },
      { name: "sku_id", type: "INTEGER", values: forecasts.skuIds },
      { name: "day", type: "DATE", values: forecasts.days },
      { name: "mean_units", type: "FLOAT", values: forecasts.mean },
      { name: "challenger_mean_units", type: "FLOAT", values: forecasts.challengerMean },
      ...names.map((name, level) => ({ name, type: "INTEGER" as const, values: quantiles[level]! })),
    ],
    `SELECT s.store_code, p.sku_code, p.category, r.day, r.mean_units, r.challenger_mean_units,
            ${names.map((name) => `r.${name}`).join(", ")}
     FROM rows r JOIN stores s USING (store_id) JOIN products p USING (sku_id)`,
    join(folder, "forecasts.parquet"),
    "parquet",
  );
}
