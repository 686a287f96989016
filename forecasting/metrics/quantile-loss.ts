import { type Metric, ratioMetric, requireSameLength, sumOver } from "./metric";

const NO_CELLS = "no cells";

/** Pinball loss of one quantile forecast, mean over cells: max(q(y-f), (q-1)(y-f)). */
export function pinball(actual: ArrayLike<number>, forecast: ArrayLike<number>, level: number): Metric {
  requireSameLength(actual, forecast);
  const sum = sumOver(actual.length, (i) => {
    const gap = actual[i]! - forecast[i]!;
    return Math.max(level * gap, (level - 1) * gap);
  });
  return ratioMetric(sum, actual.length, NO_CELLS);
}

/** Weighted quantile loss: 2 sum(pinball) / sum y, mean over the levels; `forecasts[j]` is the series of `levels[j]`. */
export function weightedQuantileLoss(
  actual: ArrayLike<number>,
  forecasts: readonly ArrayLike<number>[],
  levels: readonly number[],
): Metric {
  requireSameLength(forecasts, levels);
  const demand = sumOver(actual.length, (i) => actual[i]!);
  const losses = sumOver(levels.length, (j) => {
    const loss = pinball(actual, forecasts[j]!, levels[j]!);
    return loss.value === null ? 0 : loss.value * actual.length;
  });
  return ratioMetric(2 * losses, demand * levels.length, "actuals add up to 0");
}

/** Share of cells at or below the quantile forecast: should be close to its level (above it for small counts). */
export function coverage(actual: ArrayLike<number>, forecast: ArrayLike<number>): Metric {
  requireSameLength(actual, forecast);
  const covered = sumOver(actual.length, (i) => (actual[i]! <= forecast[i]! ? 1 : 0));
  return ratioMetric(covered, actual.length, NO_CELLS);
}

/** Share of cells inside [lower, upper], ends included. */
export function intervalCoverage(
  actual: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): Metric {
  requireSameLength(actual, lower);
  requireSameLength(actual, upper);
  const covered = sumOver(actual.length, (i) => (actual[i]! >= lower[i]! && actual[i]! <= upper[i]! ? 1 : 0));
  return ratioMetric(covered, actual.length, NO_CELLS);
}
