import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";

/** Of one block, below block=<nnn>/ of the folder of forecasts. */
export const FORECASTS_FILE = "forecasts.parquet";

/** `q05` for 0.05. */
export const quantileName = (level: number) => `q${String(Math.round(level * 100)).padStart(2, "0")}`;

/**
 * Columns of a forecast, one row per store, SKU and day of the coming week in the order store, SKU, day: codes and day,
 * expected units by champion (what serves), challenger, SQL baseline and seasonal naive, and quantiles of the champion.
 */
export const FORECAST_COLUMNS: readonly string[] = [
  "store_code",
  "sku_code",
  "category",
  "day",
  "mean_units",
  "challenger_mean_units",
  "baseline_units",
  "naive_units",
  ...QUANTILE_LEVELS.map(quantileName),
];

/**
 * One more column of a night in which a category is calibrated (models.json names them): what mean_units and its quantiles
 * were multiplied by. All other nights are without it.
 */
export const CALIBRATION_COLUMN = "calibration";

/** The forecasts of all blocks as a table expression, in the order of the blocks. */
export function allForecasts(folder: string): string {
  return `read_parquet(${quote(`${globSafe(folder)}/block=*/${FORECASTS_FILE}`)}, hive_partitioning = false)`;
}
