import { type Metric, metricOf, requireSameLength, undefinedMetric } from "./metric";

export interface MapeResult {
  /** Mean of |f-y|/y over the cells with y > 0. */
  readonly mape: Metric;
  /** Cells with y = 0, where a percentage does not exist: left out and counted. */
  readonly zerosExcluded: number;
  readonly cells: number;
}

/**
 * Mean absolute percentage error with its zero rule. Below about 30 units a cell it says little: a forecast tuned to
 * it lies far under the mean, so it is published only at aggregate levels.
 */
export function mape(actual: ArrayLike<number>, forecast: ArrayLike<number>): MapeResult {
  requireSameLength(actual, forecast);
  let sum = 0;
  let counted = 0;
  for (let i = 0; i < actual.length; i++) {
    if (actual[i]! <= 0) continue;
    sum += Math.abs(forecast[i]! - actual[i]!) / actual[i]!;
    counted++;
  }
  return {
    mape: counted === 0 ? undefinedMetric("no cell has demand") : metricOf(sum / counted),
    zerosExcluded: actual.length - counted,
    cells: actual.length,
  };
}
