import {
  DEFAULT_DISPERSION,
  type Dispersion,
  residualDayCorrelation,
} from "../../forecasting/distribution/dispersion";
import { fitDispersion } from "../../forecasting/distribution/fit-dispersion";
import { NAIVE_NAME } from "../../forecasting/evaluation/accuracy-report";
import type { BacktestCells } from "../../forecasting/evaluation/aggregate";
import { CATEGORIES, type Category } from "../../contracts/categories";
import type { Forecaster as Scorer } from "../../forecasting/models/demand-model";
import { seasonalNaive } from "../../forecasting/models/seasonal-naive";
import { modelRowsAt, positionsOf, type RowSet } from "../training/row-set";

const FORECASTERS = ["champion", "challenger", "baseline", "naive"] as const;
type Forecaster = (typeof FORECASTERS)[number];

/** How the forecasters are called in reports. */
export const FORECASTER_NAMES = {
  champion: "champion",
  challenger: "challenger",
  baseline: "SQL baseline",
  naive: NAIVE_NAME,
  oracle: "oracle",
} as const;

/** Rows of the evaluation days, in the order store, SKU, day: the keys, what was sold and, generated data only, the truth. */
type EvaluationRows = Omit<RowSet, "model">;

/** Rows with what each forecaster expects. A category without a challenger shows its champion there. */
export interface ScoredRows {
  readonly rows: EvaluationRows;
  readonly means: Readonly<Record<Forecaster, Float32Array>>;
}

/** The same with the inputs of the models. */
export interface ScoredRowSet extends ScoredRows {
  readonly rows: RowSet;
}

/** Every forecaster of one category. */
export type CategoryForecasters = Readonly<Record<Exclude<Forecaster, "naive">, Scorer>>;

export function scoreRows(
  rows: RowSet,
  forecasters: ReadonlyMap<Category, CategoryForecasters>,
): ScoredRowSet {
  const empty = () => new Float32Array(rows.rowCount);
  const means = { champion: empty(), challenger: empty(), baseline: empty(), naive: empty() };
  for (const [category, trained] of forecasters) {
    const code = CATEGORIES.indexOf(category);
    const positions = positionsOf(rows, (row) => rows.categories[row] === code);
    const input = modelRowsAt(rows, positions);
    const all: Record<Forecaster, Scorer> = { ...trained, naive: seasonalNaive(category) };
    for (const name of FORECASTERS) {
      const scores = all[name].score(input);
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
