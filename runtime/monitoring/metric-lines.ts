import { METRIC_NAMESPACE, METRICS, type MetricName, metricDimensions } from "../../contracts/metrics";

/** Figures of one category. */
export interface CategoryMetrics {
  readonly category: string;
  readonly values: Partial<Readonly<Record<MetricName, number>>>;
  /** Fields of the line that are no metrics. */
  readonly facts?: Readonly<Record<string, number>>;
}

/**
 * Lines of CloudWatch's embedded metric format: what a job writes into its log becomes metrics, without a call that could
 * fail after the work is done.
 *
 * @param time milliseconds since 1970; CloudWatch takes the last two weeks
 */
export function metricLines(
  environment: string,
  time: number,
  categories: readonly CategoryMetrics[],
): string[] {
  return categories.map(({ category, values, facts }) => {
    const known = Object.entries(values).filter(([, value]) => Number.isFinite(value)) as [
      MetricName,
      number,
    ][];
    const dimensions = metricDimensions(environment, category);
    return JSON.stringify({
      _aws: {
        Timestamp: time,
        CloudWatchMetrics: [
          {
            Namespace: METRIC_NAMESPACE,
            Dimensions: [Object.keys(dimensions)],
            Metrics: known.map(([Name]) => ({ Name, Unit: METRICS[Name].unit })),
          },
        ],
      },
      ...dimensions,
      ...Object.fromEntries(known),
      ...facts,
    });
  });
}
