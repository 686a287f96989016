import { join } from "node:path";
import type { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { blockName } from "../../contracts/lake-layout";
import type { Database } from "../engine/duckdb/database";
import { writeRows } from "../engine/duckdb/write-rows";
import { CALIBRATION_COLUMN, FORECAST_COLUMNS, FORECASTS_FILE, quantileName } from "./forecast-files";
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

/** Writes the forecasts of one block; the connection must keep the order of joins. */
export async function writeBlock(
  database: Database,
  forecasts: BlockForecasts,
  lookups: readonly QuantileLookup[],
  out: string,
  block: number,
): Promise<void> {
  const folder = join(out, blockName(block));
  fillQuantiles(forecasts, lookups);
  const names = QUANTILE_LEVELS.map(quantileName);
  const { calibration } = forecasts;
  const columns = [...FORECAST_COLUMNS, ...(calibration ? [CALIBRATION_COLUMN] : [])];
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: forecasts.storeIds },
      { name: "sku_id", type: "INTEGER", values: forecasts.skuIds },
      { name: "day", type: "DATE", values: forecasts.days },
      { name: "mean_units", type: "FLOAT", values: forecasts.mean },
      { name: "challenger_mean_units", type: "FLOAT", values: forecasts.challengerMean },
      { name: "baseline_units", type: "FLOAT", values: forecasts.baseline },
      { name: "naive_units", type: "FLOAT", values: forecasts.naive },
      ...names.map((name, level) => ({
        name,
        type: "INTEGER" as const,
        values: forecasts.quantiles[level]!,
      })),
      ...(calibration ? [{ name: CALIBRATION_COLUMN, type: "FLOAT" as const, values: calibration }] : []),
    ],
    `SELECT ${columns.join(", ")} FROM rows JOIN stores USING (store_id) JOIN products USING (sku_id)`,
    join(folder, FORECASTS_FILE),
    "parquet",
  );
}
