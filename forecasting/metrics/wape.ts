import { type Metric, metricOf, ratioMetric, requireSameLength, sumOver } from "./metric";

const NO_DEMAND = "actuals add up to 0";
const NO_CELLS = "no cells";

const total = (values: ArrayLike<number>) => sumOver(values.length, (i) => values[i]!);

function absoluteError(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  requireSameLength(actual, forecast);
  return sumOver(actual.length, (i) => Math.abs(forecast[i]! - actual[i]!));
}

/** Weighted absolute percentage error: sum|f-y| / sum y. Its optimum is the median, so it needs bias beside it. */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>): Metric {
  return ratioMetric(absoluteError(actual, forecast), total(actual), NO_DEMAND);
}

/** Signed share of demand that the forecast is too high (+) or too low (-): sum(f-y) / sum y. */
export function bias(actual: ArrayLike<number>, forecast: ArrayLike<number>): Metric {
  requireSameLength(actual, forecast);
  return ratioMetric(total(forecast) - total(actual), total(actual), NO_DEMAND);
}

/** Mean absolute error in units. */
export function meanAbsoluteError(actual: ArrayLike<number>, forecast: ArrayLike<number>): Metric {
  return ratioMetric(absoluteError(actual, forecast), actual.length, NO_CELLS);
}

/** Root mean squared error in units. */
export function rootMeanSquaredError(actual: ArrayLike<number>, forecast: ArrayLike<number>): Metric {
  requireSameLength(actual, forecast);
  const mean = ratioMetric(
    sumOver(actual.length, (i) => (forecast[i]! - actual[i]!) ** 2),
    actual.length,
    NO_CELLS,
  );
  return mean.value === null ? mean : metricOf(Math.sqrt(mean.value));
}

/** Share of a reference's absolute error that the model removes: 1 - sum|e| / sum|e_reference| on the same cells. */
export function skill(
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  reference: ArrayLike<number>,
): Metric {
  const ratio = ratioMetric(
    absoluteError(actual, forecast),
    absoluteError(actual, reference),
    "the reference has no error",
  );
  return ratio.value === null ? ratio : metricOf(1 - ratio.value);
}
