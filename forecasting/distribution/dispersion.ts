import { requireSameLength } from "../metrics/metric";
import { countDistribution, type CountDistribution } from "./count-distribution";

/**
 * Predictive variance of a cell as a function of its forecast mean: variance = linear * mean + quadratic * mean^2.
 * `linear` is 1 for pure Poisson noise; `quadratic` carries over-dispersion and the error of the mean itself.
 */
export interface Dispersion {
  readonly linear: number;
  readonly quadratic: number;
  /** Correlation of the residuals of neighbouring days of one series, for sums over days. */
  readonly dayCorrelation: number;
  readonly cells: number;
}

/** Used when there is nothing to fit on: variance twice the mean, independent days. */
export const DEFAULT_DISPERSION: Dispersion = { linear: 2, quadratic: 0, dayCorrelation: 0, cells: 0 };

/** Fewest cells that a variance is fitted on. */
export const MINIMUM_CELLS = 1000;
const LOWEST_MEAN = 1e-6;
const LARGEST_CORRELATION = 0.9;
/** Pearson residuals are capped here, so that one outlier does not decide the correlation. */
const LARGEST_RESIDUAL = 8;

/**
 * Least squares of the squared residual on mean and mean^2, each cell weighted by 1/mean^2 (close to the inverse
 * variance of a squared count residual), kept to linear >= 1 and quadratic >= 0.
 */
export function fitMoments(
  actual: ArrayLike<number>,
  mean: ArrayLike<number>,
  dayCorrelation = 0,
): Dispersion {
  requireSameLength(actual, mean);
  let [sum1, sumMean, sumMean2, sumSquare, sumSquareMean, cells] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const mu = mean[i]!;
    if (!(mu > LOWEST_MEAN)) continue;
    // With weight 1/mu^2: squared/mu = linear + quadratic * mu, an ordinary regression.
    const scaled = (actual[i]! - mu) ** 2 / mu;
    sum1 += 1;
    sumMean += mu;
    sumMean2 += mu * mu;
    sumSquare += scaled;
    sumSquareMean += scaled * mu;
    cells++;
  }
  const correlation = Math.min(Math.max(dayCorrelation, 0), LARGEST_CORRELATION);
  if (cells < MINIMUM_CELLS) return { ...DEFAULT_DISPERSION, dayCorrelation: correlation, cells };
  const spread = sum1 * sumMean2 - sumMean * sumMean;
  const free = spread > 1e-9 * sum1 * sumMean2;
  const quadratic = free ? (sum1 * sumSquareMean - sumMean * sumSquare) / spread : 0;
  const linear = (sumSquare - quadratic * sumMean) / sum1;
  if (linear < 1) return bounded(1, Math.max(0, (sumSquareMean - sumMean) / sumMean2), correlation, cells);
  if (quadratic < 0) return bounded(Math.max(1, sumSquare / sum1), 0, correlation, cells);
  return bounded(linear, quadratic, correlation, cells);
}

const bounded = (linear: number, quadratic: number, dayCorrelation: number, cells: number): Dispersion => ({
  linear,
  quadratic,
  dayCorrelation,
  cells,
});

export function varianceOf(dispersion: Dispersion, mean: number): number {
  return dispersion.linear * mean + dispersion.quadratic * mean * mean;
}

/** The distribution of one cell. */
export function cellDistribution(dispersion: Dispersion, mean: number): CountDistribution {
  return countDistribution(mean, varianceOf(dispersion, mean));
}

/** Lag-one correlation of Pearson residuals; `series[i]` names the series of cell i, cells of one series in day order. */
export function residualDayCorrelation(
  actual: ArrayLike<number>,
  mean: ArrayLike<number>,
  series: ArrayLike<number>,
): number {
  requireSameLength(actual, mean);
  requireSameLength(actual, series);
  const residual = (i: number) => {
    const value = (actual[i]! - mean[i]!) / Math.sqrt(Math.max(mean[i]!, LOWEST_MEAN));
    return Math.min(Math.max(value, -LARGEST_RESIDUAL), LARGEST_RESIDUAL);
  };
  let product = 0;
  let square = 0;
  for (let i = 1; i < actual.length; i++) {
    if (series[i] !== series[i - 1] || mean[i]! < LOWEST_MEAN || mean[i - 1]! < LOWEST_MEAN) continue;
    product += residual(i) * residual(i - 1);
    square += (residual(i) ** 2 + residual(i - 1) ** 2) / 2;
  }
  return square === 0 ? 0 : Math.min(Math.max(product / square, 0), LARGEST_CORRELATION);
}
