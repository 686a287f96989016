import { SCORED_FILE } from "../evaluation/scored-file";
import type { Database } from "../engine/duckdb/database";
import { quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { allForecasts, CALIBRATION_COLUMN } from "../scoring/forecast-files";
import { readNightModels } from "../scoring/night-models";
import { join } from "node:path";

/**
 * The temporary tables `cells` and `reference_cells` beside the views of a lake: one row per store, SKU and day that was
 * forecast and is known by now. `reference_cells` are the days on which the serving models were evaluated.
 */
export async function openForecastCells(
  database: Database,
  { forecasts, evaluation }: { readonly forecasts: string; readonly evaluation: string },
): Promise<void> {
  const models = await readNightModels(forecasts);
  const calibration = models?.calibrations ? `forecasts.${CALIBRATION_COLUMN}` : "1";
  await database.run(`
    CREATE OR REPLACE TEMP TABLE cells AS
    SELECT stores.store_id, products.sku_id, forecasts.day,
      CAST(forecasts.mean_units AS DOUBLE) AS forecast, CAST(forecasts.naive_units AS DOUBLE) AS naive,
      CAST(${calibration} AS FLOAT) AS calibration,
      daily.units, daily.promo_type, daily.is_stocked_out, daily.is_closed
    FROM ${allForecasts(forecasts)} AS forecasts
    JOIN stores USING (store_code)
    JOIN products USING (sku_code)
    JOIN daily ON daily.store_id = stores.store_id AND daily.sku_id = products.sku_id AND daily.day = forecasts.day`);
  await openEvaluationCells(database, evaluation);
}

/** The table `reference_cells` alone. */
export async function openEvaluationCells(database: Database, evaluation: string): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE reference_cells AS
    SELECT scored.store_id, scored.sku_id, scored.day,
      CAST(scored.champion AS DOUBLE) AS forecast, CAST(scored.naive AS DOUBLE) AS naive, 1::FLOAT AS calibration,
      daily.units, daily.promo_type, daily.is_stocked_out, daily.is_closed
    FROM read_parquet(${quote(globSafe(join(evaluation, SCORED_FILE)))}) AS scored
    JOIN daily USING (store_id, sku_id, day);`);
}
