import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { positionsOf } from "../training/row-set";
import type { ScoredRows } from "../evaluation/scored-rows";
import type { ForecastSession } from "../pipelines/session";
import { writeRows } from "../engine/duckdb/write-rows";

/** Forecasts of the days after the cutoff, in the order store, SKU, day. */
export interface NightForecasts {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  readonly categories: Int32Array;
  readonly mean: Float32Array;
  readonly challengerMean: Float32Array;
  /** One array per QUANTILE_LEVELS. */
  readonly quantiles: readonly Int32Array[];
}

export const quantileName = (level: number) => `q${String(Math.round(level * 100)).padStart(2, "0")}`;

/** Forecasts the days after the cutoff with champion and challenger; both are kept, the champion is what serves. */
export function forecastNight(
  session: ForecastSession,
  scored: ScoredRows,
  dispersions: readonly Dispersion[],
): NightForecasts {
  const { rows, means } = scored;
  const night = positionsOf(rows, (row) => rows.days[row]! > session.windows.cutoff);
  const lookups = dispersions.map((dispersion) => new QuantileLookup(dispersion, QUANTILE_LEVELS));
  const quantiles = QUANTILE_LEVELS.map(() => new Int32Array(night.length));
  const target = new Int32Array(QUANTILE_LEVELS.length);
  night.forEach((row, i) => {
    lookups[rows.categories[row]!]!.write(means.champion[row]!, target);
    quantiles.forEach((values, j) => (values[i] = target[j]!));
  });
  const ints = (values: Int32Array) => Int32Array.from(night, (row) => values[row]!);
  const floats = (values: Float32Array) => Float32Array.from(night, (row) => values[row]!);
  return {
    storeIds: ints(rows.storeIds),
    skuIds: ints(rows.skuIds),
    days: ints(rows.days),
    categories: ints(rows.categories),
    mean: floats(means.champion),
    challengerMean: floats(means.challenger),
    quantiles,
  };
}

/** Writes the night as Parquet: one row per store, SKU and day with codes, mean and quantiles. */
export async function writeForecasts(
  session: ForecastSession,
  night: NightForecasts,
  file: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const names = QUANTILE_LEVELS.map(quantileName);
  await writeRows(
    session.database,
    [
      { name: "store_id", type: "INTEGER", values: night.storeIds },
      { name: "sku_id", type: "INTEGER", values: night.skuIds },
      { name: "day", type: "DATE", values: night.days },
      { name: "mean_units", type: "FLOAT", values: night.mean },
      { name: "challenger_mean_units", type: "FLOAT", values: night.challengerMean },
      ...names.map((name, j) => ({ name, type: "INTEGER" as const, values: night.quantiles[j]! })),
    ],
    `SELECT s.store_code, p.sku_code, p.category, r.day, r.mean_units, r.challenger_mean_units,
            ${names.map((name) => `r.${name}`).join(", ")}
     FROM rows r JOIN stores s USING (store_id) JOIN products p USING (sku_id)
     ORDER BY r.store_id, r.sku_id, r.day`,
    file,
    "parquet",
  );
}
