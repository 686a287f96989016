import { type Metric, metricOf, undefinedMetric } from "../metrics/metric";
import { type CountDistribution, quantile, walk } from "./count-distribution";

/** E|D - forecast| of one cell. */
function expectedAbsoluteError(distribution: CountDistribution, forecast: number): number {
  let error = 0;
  walk(distribution, (k, probability, below) => {
    error += Math.abs(k - forecast) * probability;
    return below < 1 - 1e-13 || k < forecast;
  });
  return error;
}

/** Smallest WAPE that any forecast of this cell can have (forecast = median): E|D - median| / mean. */
export function irreducibleWape(distribution: CountDistribution): Metric {
  if (distribution.mean === 0) return undefinedMetric("the mean is 0");
  return metricOf(expectedAbsoluteError(distribution, quantile(distribution, 0.5)) / distribution.mean);
}

/** WAPE of the true mean as the forecast: what a perfect, unbiased forecast scores. */
export function wapeOfTrueMean(distribution: CountDistribution): Metric {
  if (distribution.mean === 0) return undefinedMetric("the mean is 0");
  return metricOf(expectedAbsoluteError(distribution, distribution.mean) / distribution.mean);
}
