import {
  DEFAULT_DISPERSION,
  type Dispersion,
  residualDayCorrelation,
} from "../../forecasting/distribution/dispersion";
import { fitDispersion } from "../../forecasting/distribution/fit-dispersion";
import { NAIVE_NAME } from "../../forecasting/evaluation/accuracy-report";
import type { BacktestCells } from "../../forecasting/evaluation/aggregate";
import { CATEGORIES } from "../../contracts/categories";
import type { DemandModel } from "../../forecasting/models/demand-model";
import { seasonalNaive } from "../../forecasting/models/seasonal-naive";
import type { CategoryModels } from "../training/train";
import { modelRowsAt, positionsOf, type RowSet } from "../training/row-set";

export const FORECASTERS = ["champion", "challenger", "baseline", "naive"] as const;
export type Forecaster = (typeof FORECASTERS)[number];

/** How the forecasters are called in reports. */
export const FORECASTER_NAMES = {
  champion: "champion",
  challenger: "challenger",
  baseline: "SQL baseline",
  naive: NAIVE_NAME,
  oracle: "oracle",
} as const;

/** Rows with what each model expects. A category without a challenger shows its champion there. */
export interface ScoredRows {
  readonly rows: RowSet;
  readonly means: Readonly<Record<Forecaster, Float32Array>>;
}

export function scoreRows(rows: RowSet, models: readonly CategoryModels[]): ScoredRows {
  const empty = () => new Float32Array(rows.rowCount);
  const means = { champion: empty(), challenger: empty(), baseline: empty(), naive: empty() };
  for (const entry of models) {
    const code = CATEGORIES.indexOf(entry.category);
    const positions = positionsOf(rows, (row) => rows.categories[row] === code);
    const input = modelRowsAt(rows, positions);
    const answers: Record<Forecaster, DemandModel> = {
      champion: entry.champion,
      challenger: entry.challenger ?? entry.champion,
      baseline: entry.baseline,
      naive: seasonalNaive(entry.category),
    };
    for (const name of FORECASTERS) {
      const scores = answers[name].score(input);
      positions.forEach((row, i) => (means[name][row] = scores[i]!));
    }
  }
  return { rows, means };
}

/** Spread of the champion's errors per category (position in CATEGORIES), measured on the days that `holds` names. */
export function dispersionsOf({ rows, means }: ScoredRows, holds: (row: number) => boolean): Dispersion[] {
  return CATEGORIES.map((_, code) => {
    const positions = positionsOf(
      rows,
      (row) => rows.categories[row] === code && !Number.isNaN(rows.units[row]!) && holds(row),
    );
    if (positions.length === 0) return DEFAULT_DISPERSION;
    const units = Float32Array.from(positions, (row) => rows.units[row]!);
    const mean = Float32Array.from(positions, (row) => means.champion[row]!);
    const series = Float64Array.from(positions, (row) => rows.storeIds[row]! * 65_536 + rows.skuIds[row]!);
    return fitDispersion(units, mean, residualDayCorrelation(units, mean, series));
  });
}

/** The rows at these positions as the evaluation reads them. */
export function cellsAt({ rows, means }: ScoredRows, positions: Int32Array): BacktestCells {
  const take = (values: ArrayLike<number>) => Float64Array.from(positions, (row) => values[row]!);
  const takeIds = (values: Int32Array) => Int32Array.from(positions, (row) => values[row]!);
  return {
    storeIds: takeIds(rows.storeIds),
    skuIds: takeIds(rows.skuIds),
    days: takeIds(rows.days),
    categories: takeIds(rows.categories),
    actual: take(rows.units),
    forecasts: {
      [FORECASTER_NAMES.champion]: take(means.champion),
      [FORECASTER_NAMES.challenger]: take(means.challenger),
      [FORECASTER_NAMES.baseline]: take(means.baseline),
      [FORECASTER_NAMES.naive]: take(means.naive),
      ...(rows.truth ? { [FORECASTER_NAMES.oracle]: take(rows.truth.meanKnown) } : {}),
    },
  };
}
