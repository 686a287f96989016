import { type Metric, metricOf, ratioMetric, undefinedMetric } from "../metrics/metric";

/** Sums over cells of one part of the assortment. A cell is one SKU on one day, all open stores together. */
export interface ErrorSums {
  readonly cells: number;
  /** Units sold. */
  readonly actual: number;
  /** Sum of |forecast - sold|. */
  readonly absoluteError: number;
  /** Sum of forecast - sold. */
  readonly error: number;
  /** The same absolute error of the same weekday of last week. */
  readonly naiveError: number;
  /** Absolute error that a perfect forecast would have had: chance alone, by the Poisson distribution of what was forecast. */
  readonly noise: number;
}

const NO_ERRORS: ErrorSums = { cells: 0, actual: 0, absoluteError: 0, error: 0, naiveError: 0, noise: 0 };

export function sumErrors(parts: readonly ErrorSums[]): ErrorSums {
  const sum = { ...NO_ERRORS };
  for (const part of parts) {
    sum.cells += part.cells;
    sum.actual += part.actual;
    sum.absoluteError += part.absoluteError;
    sum.error += part.error;
    sum.naiveError += part.naiveError;
    sum.noise += part.noise;
  }
  return sum;
}

export const wapeOf = ({ absoluteError, actual }: ErrorSums): Metric =>
  ratioMetric(absoluteError, actual, "nothing was sold");

/** Share of the seasonal-naive error that the forecast avoids. */
export function skillOf({ absoluteError, naiveError }: ErrorSums): Metric {
  const ratio = ratioMetric(absoluteError, naiveError, "seasonal naive has no error");
  return ratio.value === null ? undefinedMetric(ratio.reason) : metricOf(1 - ratio.value);
}
