import { type Metric, metricOf, sumOver, undefinedMetric } from "./metric";
import { meanAbsoluteError, rootMeanSquaredError } from "./wape";

/** One series: its past (for the scale) and the cells that were forecast. */
export interface ScaledSeries {
  readonly history: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  readonly forecast: ArrayLike<number>;
}

const CONSTANT = "the history does not vary, so there is no scale";

/** Mean of `power(|y_t - y_(t-lag)|)` over the history; undefined for a short or constant history. */
function historyScale(history: ArrayLike<number>, lag: number, squared: boolean): Metric {
  const count = history.length - lag;
  if (count < 1) return undefinedMetric(`history is not longer than ${lag} days`);
  const sum = sumOver(count, (i) => {
    const step = Math.abs(history[i + lag]! - history[i]!);
    return squared ? step * step : step;
  });
  return sum === 0 ? undefinedMetric(CONSTANT) : metricOf(sum / count);
}

/** Mean absolute scaled error: MAE over the in-sample error of repeating the value `season` days ago (7 = weekly). */
export function mase(series: ScaledSeries, season = 7): Metric {
  const scale = historyScale(series.history, season, false);
  const error = meanAbsoluteError(series.actual, series.forecast);
  if (scale.value === null) return scale;
  return error.value === null ? error : metricOf(error.value / scale.value);
}

/** Root mean squared scaled error of the M5 competition: sqrt(MSE / mean squared one-step difference). */
export function rmsse(series: ScaledSeries, lag = 1): Metric {
  const scale = historyScale(series.history, lag, true);
  const error = rootMeanSquaredError(series.actual, series.forecast);
  if (scale.value === null) return scale;
  return error.value === null ? error : metricOf(error.value / Math.sqrt(scale.value));
}

export interface WeightedMetric {
  readonly value: Metric;
  /** Series without a defined metric: left out of the mean (their weight is not shared out) and counted. */
  readonly skipped: number;
}

/** WRMSSE and the like: sum w_i m_i / sum w_i over the series that have a value. */
export function weightedMean(metrics: readonly Metric[], weights: ArrayLike<number>): WeightedMetric {
  let sum = 0;
  let weight = 0;
  let skipped = 0;
  metrics.forEach((metric, i) => {
    if (metric.value === null) skipped++;
    else {
      sum += metric.value * weights[i]!;
      weight += weights[i]!;
    }
  });
  return {
    value:
      weight > 0 ? metricOf(sum / weight) : undefinedMetric("no series has a defined value and a weight"),
    skipped,
  };
}
