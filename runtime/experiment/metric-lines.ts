import type { Category } from "../../contracts/categories";
import { METRIC_NAMESPACE, metricDimensions, type MetricName, METRICS } from "../../contracts/metrics";
import type { NightAssessment } from "../../forecasting/experiment/assess-night";
import type { Experiment } from "../../forecasting/experiment/experiment";

interface Look {
  readonly environment: string;
  readonly category: Category;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Revisions that it wrote into the journal. */
  readonly decisions: number;
}

/**
 * A line of a function's log that CloudWatch makes metrics of (embedded metric format): where one experiment stands.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function experimentMetrics(
  { environment, category, at, decisions }: Look,
  experiment: Experiment,
  night: NightAssessment | undefined,
): Readonly<Record<string, unknown>> {
  const daily = night?.daily;
  const values: Partial<Record<MetricName, number>> = {
    ExperimentDecisions: decisions,
    ChallengerShare: 100 * experiment.share,
    ...(night ? { ExperimentDays: night.days } : {}),
    ...(experiment.eValue === undefined ? {} : { ExperimentEvidence: experiment.eValue }),
    ...(daily
      ? {
          ExperimentChange: 100 * daily.relative,
          ExperimentLower: 100 * daily.lower,
          ExperimentUpper: 100 * daily.upper,
        }
      : {}),
  };
  const dimensions = metricDimensions(environment, category);
  const names = Object.keys(values) as MetricName[];
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: names.map((Name) => ({ Name, Unit: METRICS[Name].unit })),
        },
      ],
    },
    ...dimensions,
    experimentId: experiment.id,
    phase: experiment.phase,
    ...values,
  };
}
