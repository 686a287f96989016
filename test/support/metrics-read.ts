import type { RecordedResource } from "../../preview/recorded-resource";

/** A metric that an alarm or a dashboard names. */
interface ReadMetric {
  readonly where: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

function ofAlarms(resources: readonly RecordedResource[]): ReadMetric[] {
  return resources
    .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
    .map(({ name, inputs }) => ({
      where: name,
      namespace: String(inputs.namespace),
      name: String(inputs.metricName),
      dimensions: inputs.dimensions as Record<string, string>,
    }));
}

/** A widget's metric is `namespace, name, dimension, value, …, { options }`. */
function ofDashboards(resources: readonly RecordedResource[]): ReadMetric[] {
  return resources
    .filter(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard")
    .flatMap(({ name, inputs }) => {
      const { widgets } = JSON.parse(String(inputs.dashboardBody)) as {
        widgets: { type: string; properties: { metrics: (string | object)[][] } }[];
      };
      return (
        widgets
          .filter(({ type }) => type === "metric")
          .flatMap(({ properties }) => properties.metrics)
          .map((metric) => metric.filter((part) => typeof part === "string"))
          // A search names no metric of its own.
          .filter((metric) => metric.length > 0)
          .map(([namespace = "", metricName = "", ...rest]) => ({
            where: name,
            namespace,
            name: metricName,
            dimensions: Object.fromEntries(
              rest.flatMap((key, i) => (i % 2 === 0 ? [[key, rest[i + 1] ?? ""]] : [])),
            ),
          }))
      );
    });
}

/** Every metric that alarms and dashboards of a plan read. */
export function metricsRead(resources: readonly RecordedResource[]): ReadMetric[] {
  return [...ofAlarms(resources), ...ofDashboards(resources)];
}
