import {
  DEFAULT_DISPERSION,
  type Dispersion,
  residualDayCorrelation,
} from "../../forecasting/distribution/dispersion";
import { FEWEST_CELLS, fitDispersion } from "../../forecasting/distribution/fit-dispersion";
import { NAIVE_NAME } from "../../forecasting/evaluation/accuracy-report";
import type { BacktestCells } from "../../forecasting/evaluation/aggregate";
import { CATEGORIES, type Category } from "../../contracts/categories";
import type { Forecaster as Scorer } from "../../forecasting/models/demand-model";
import { ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { seriesKey } from "../../forecasting/lake/series-key";
import { modelRowsAt, positionsOf, type RowSet } from "../training/row-set";

const MODELS = ["champion", "challenger"] as const;
type Forecaster = (typeof MODELS)[number] | "baseline" | "movingAverage" | "naive";

/** How the forecasters are called in reports. */
export const FORECASTER_NAMES = {
  champion: "champion",
  challenger: "challenger",
  baseline: "SQL baseline",
  movingAverage: "moving average x weekday",
  naive: NAIVE_NAME,
  zero: "zero",
  oracle: "oracle",
} as const;

/** Rows of the evaluation days, in the order store, SKU, day: the keys, what was sold and, generated data only, the truth. */
type EvaluationRows = Pick<
  RowSet,
  "rowCount" | "storeIds" | "skuIds" | "days" | "categories" | "units" | "truth"
>;

/** Rows with what each forecaster expects. A category without a challenger shows its champion there. */
export interface ScoredRows {
  readonly rows: EvaluationRows;
  readonly means: Readonly<Record<Forecaster, Float32Array>>;
}

/** The same with the inputs of the models. */
export interface ScoredRowSet extends ScoredRows {
  readonly rows: RowSet;
}

/** The models of one category. */
export type CategoryForecasters = Readonly<Record<(typeof MODELS)[number], Scorer>>;

export function scoreRows(
  rows: RowSet,
  forecasters: ReadonlyMap<Category, CategoryForecasters>,
): ScoredRowSet {
  // A category that was not trained: the chosen baseline as it is, as batch scoring publishes it.
  const means = {
    champion: rows.model.baseline.slice(),
    challenger: rows.model.baseline.slice(),
    baseline: rows.sqlBaseline,
    movingAverage: rows.movingAverage,
    naive: rows.model.naive,
  };
  for (const [category, trained] of forecasters) {
    const code = CATEGORIES.indexOf(category);
    const positions = positionsOf(rows, (row) => rows.categories[row] === code);
    const input = modelRowsAt(rows, positions);
    for (const name of MODELS) {
      const scores = trained[name].score(input);
      positions.forEach((row, i) => (means[name][row] = scores[i]!));
    }
  }
  for (const name of MODELS) {
    rows.rowStates.forEach((state, row) => {
      if (state !== ROW_STATE.open) means[name][row] = 0;
    });
  }
  return { rows, means };
}

/**
 * Spread of the champion's errors per category (position in CATEGORIES), measured on the days that `holds` names. One that has
 * too few of them, as a new one has, spreads as the category with the most does.
 */
export function dispersionsOf({ rows, means }: ScoredRows, holds: (row: number) => boolean): Dispersion[] {
  const fitted = CATEGORIES.map((_, code) => {
    const positions = positionsOf(
      rows,
      (row) => rows.categories[row] === code && !Number.isNaN(rows.units[row]!) && holds(row),
    );
    if (positions.length === 0) return DEFAULT_DISPERSION;
    const units = Float32Array.from(positions, (row) => rows.units[row]!);
    const mean = Float32Array.from(positions, (row) => means.champion[row]!);
    const series = Float64Array.from(positions, (row) => seriesKey(rows.storeIds[row]!, rows.skuIds[row]!));
    return fitDispersion(units, mean, residualDayCorrelation(units, mean, series));
  });
  const surest = fitted.reduce((best, each) => (each.cells > best.cells ? each : best));
  return fitted.map((each) => (each.cells < FEWEST_CELLS ? { ...surest, cells: each.cells } : each));
}

/** The rows at these positions as the evaluation reads them. */
export function cellsAt(
  { rows, means }: ScoredRows,
  positions: Int32Array,
  units: ArrayLike<number> = rows.units,
): BacktestCells {
  const take = (values: ArrayLike<number>) => Float64Array.from(positions, (row) => values[row]!);
  const takeIds = (values: Int32Array) => Int32Array.from(positions, (row) => values[row]!);
  return {
    storeIds: takeIds(rows.storeIds),
    skuIds: takeIds(rows.skuIds),
    days: takeIds(rows.days),
    categories: takeIds(rows.categories),
    actual: take(units),
    forecasts: {
      [FORECASTER_NAMES.champion]: take(means.champion),
      [FORECASTER_NAMES.challenger]: take(means.challenger),
      [FORECASTER_NAMES.baseline]: take(means.baseline),
      [FORECASTER_NAMES.movingAverage]: take(means.movingAverage),
      [FORECASTER_NAMES.naive]: take(means.naive),
      [FORECASTER_NAMES.zero]: new Float64Array(positions.length),
      ...(rows.truth ? { [FORECASTER_NAMES.oracle]: take(rows.truth.meanKnown) } : {}),
    },
  };
}
