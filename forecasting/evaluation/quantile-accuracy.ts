import type { Dispersion } from "../distribution/dispersion";
import { QuantileLookup } from "../distribution/quantile-lookup";
import { type Metric } from "../metrics/metric";
import { coverage, intervalCoverage, pinball, weightedQuantileLoss } from "../metrics/quantile-loss";

/** Levels that are published: an 80 % and a 90 % interval, the median, and two upper ones for orders. */
export const QUANTILE_LEVELS = [0.05, 0.1, 0.5, 0.9, 0.95, 0.99] as const;

export interface QuantileAccuracy {
  readonly levels: readonly {
    readonly level: number;
    readonly coverage: Metric;
    readonly pinball: Metric;
  }[];
  readonly weightedQuantileLoss: Metric;
  /** Share of cells inside the interval from the 10 % to the 90 % quantile. */
  readonly interval80: Metric;
  /** Share inside that interval if every cell had exactly the fitted distribution: counts cannot hit 80 % exactly. */
  readonly interval80Expected: number;
}

/** How well the published quantiles hold at store x SKU x day. `dispersions` has one entry per category. */
export function quantileAccuracy(
  actual: ArrayLike<number>,
  mean: ArrayLike<number>,
  categories: ArrayLike<number>,
  dispersions: readonly Dispersion[],
  expectedInside: (dispersion: Dispersion, mean: number, low: number, high: number) => number,
): QuantileAccuracy {
  const lookups = dispersions.map((dispersion) => new QuantileLookup(dispersion, QUANTILE_LEVELS));
  const series = QUANTILE_LEVELS.map(() => new Float64Array(actual.length));
  const row = new Float64Array(QUANTILE_LEVELS.length);
  let inside = 0;
  for (let i = 0; i < actual.length; i++) {
    const category = categories[i]!;
    lookups[category]!.write(mean[i]!, row);
    series.forEach((values, j) => (values[i] = row[j]!));
    inside += expectedInside(dispersions[category]!, mean[i]!, row[1]!, row[3]!);
  }
  return {
    levels: QUANTILE_LEVELS.map((level, j) => ({
      level,
      coverage: coverage(actual, series[j]!),
      pinball: pinball(actual, series[j]!, level),
    })),
    weightedQuantileLoss: weightedQuantileLoss(actual, series, QUANTILE_LEVELS),
    interval80: intervalCoverage(actual, series[1]!, series[3]!),
    interval80Expected: actual.length === 0 ? NaN : inside / actual.length,
  };
}
