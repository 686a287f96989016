import { type Metric } from "../metrics/metric";
import { mase, rmsse, type ScaledSeries, weightedMean } from "../metrics/scaled-error";

/** One store and SKU of the backtest: history up to the first origin, the hold-out, and the yen that it turned over. */
export interface BacktestSeries {
  readonly history: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  readonly forecasts: Readonly<Record<string, ArrayLike<number>>>;
  /** Revenue of the last 28 days of the history: the weight of the M5 competition. */
  readonly revenueYen: number;
}

export interface SeriesAccuracy {
  readonly name: string;
  /** Mean over series, weighted by revenue: WRMSSE and the like at store x SKU. */
  readonly weightedRmsse: Metric;
  readonly weightedMase: Metric;
  /** Series whose history does not vary (nothing to scale by): left out. */
  readonly skippedSeries: number;
  readonly series: number;
}

export function seriesAccuracy(all: readonly BacktestSeries[], names: readonly string[]): SeriesAccuracy[] {
  const weights = all.map(({ revenueYen }) => revenueYen);
  return names.map((name) => {
    const scaled = all.map(({ history, actual, forecasts }): ScaledSeries => ({
      history,
      actual,
      forecast: forecasts[name]!,
    }));
    const squared = weightedMean(
      scaled.map((series) => rmsse(series)),
      weights,
    );
    const absolute = weightedMean(
      scaled.map((series) => mase(series)),
      weights,
    );
    return {
      name,
      weightedRmsse: squared.value,
      weightedMase: absolute.value,
      skippedSeries: absolute.skipped,
      series: all.length,
    };
  });
}
