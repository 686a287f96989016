import { mape } from "../metrics/mape";
import type { Metric } from "../metrics/metric";
import { bias, skill, wape } from "../metrics/wape";
import { aggregate, type BacktestCells, type Level, LEVELS } from "./aggregate";

/** One forecaster's figures at one level. */
export interface ForecasterAccuracy {
  readonly name: string;
  readonly wape: Metric;
  readonly bias: Metric;
  readonly mape: Metric;
  /** Error removed against the seasonal naive forecast of the same cells. */
  readonly skill: Metric;
}

export interface LevelAccuracy {
  readonly level: Level;
  readonly cells: number;
  /** Cells without demand: left out of MAPE only. */
  readonly zeroCells: number;
  readonly meanUnits: number;
  readonly forecasters: readonly ForecasterAccuracy[];
}

export const NAIVE_NAME = "seasonal naive";

/** Accuracy of every forecaster at every level; all figures of a level are of the very same cells. */
export function accuracyByLevel(
  cells: BacktestCells,
  firstDay: number,
  levels: readonly Level[] = LEVELS,
): LevelAccuracy[] {
  return levels.map((level) => {
    const { actual, forecasts } = aggregate(cells, level, firstDay);
    const naive = forecasts[NAIVE_NAME];
    if (!naive) throw new Error(`the cells carry no "${NAIVE_NAME}" forecast to compare with`);
    const total = actual.reduce((sum, units) => sum + units, 0);
    return {
      level,
      cells: actual.length,
      zeroCells: actual.reduce((zeros, units) => zeros + (units > 0 ? 0 : 1), 0),
      meanUnits: actual.length === 0 ? 0 : total / actual.length,
      forecasters: Object.entries(forecasts).map(([name, forecast]) => ({
        name,
        wape: wape(actual, forecast),
        bias: bias(actual, forecast),
        mape: mape(actual, forecast).mape,
        skill: skill(actual, forecast, naive),
      })),
    };
  });
}

export function accuracyOf(levels: readonly LevelAccuracy[], level: Level, name: string): ForecasterAccuracy {
  const found = levels
    .find((entry) => entry.level === level)
    ?.forecasters.find((entry) => entry.name === name);
  if (!found) throw new Error(`no accuracy of "${name}" at level ${level}`);
  return found;
}

/** The cells at these positions. */
export function selectCells(cells: BacktestCells, positions: readonly number[]): BacktestCells {
  const take = (values: ArrayLike<number>) => Float64Array.from(positions, (row) => values[row]!);
  const takeIds = (values: Int32Array) => Int32Array.from(positions, (row) => values[row]!);
  return {
    storeIds: takeIds(cells.storeIds),
    skuIds: takeIds(cells.skuIds),
    days: takeIds(cells.days),
    categories: take(cells.categories),
    actual: take(cells.actual),
    forecasts: Object.fromEntries(
      Object.entries(cells.forecasts).map(([name, values]) => [name, take(values)]),
    ),
  };
}
