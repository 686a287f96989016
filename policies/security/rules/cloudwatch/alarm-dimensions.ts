import type { ResourceRule, Value } from "../../../kit";

/** Metrics of the account as a whole have no dimensions. */
const ACCOUNT_METRICS =
  /^AWS\/(Billing|Usage|TrustedAdvisor|Events|Scheduler|Lambda:ConcurrentExecutions|Lambda:UnreservedConcurrentExecutions)/;

export const alarmDimensions: ResourceRule = {
  id: "alarm-dimensions",
  title: "Alarms on AWS metrics name what they watch",
  severity: "high",
  rationale: "A metric without its dimensions has no data, so the alarm never fires.",
  controls: [],
  inspects: {
    "aws:cloudwatch/metricAlarm:MetricAlarm": [
      "dimensions",
      "namespace",
      "metricName",
      "metricQueries[*].metric.dimensions",
      "metricQueries[*].metric.namespace",
    ],
  },
  remedy: "Set dimensions, such as EndpointName and VariantName, FunctionName or StateMachineArn.",
  options: {
    namespaces: {
      type: "array",
      items: { type: "string" },
      description: "Prefixes of further namespaces whose metrics always have dimensions.",
      default: ["/aws/sagemaker/"],
    },
  },
  check: (alarm) => {
    const prefixes = ["AWS/", ...alarm.option<string[]>("namespaces")];
    if (alarm.at("namespace").isSet) checkMetric(alarm.at(""), prefixes);
    for (const query of alarm.at("metricQueries").items()) {
      if (query.at("metric").isSet) checkMetric(query.at("metric"), prefixes);
    }
  },
};

function checkMetric(metric: Value, prefixes: readonly string[]): void {
  const namespace = metric.at("namespace").read<string>();
  if (namespace === undefined || !prefixes.some((prefix) => namespace.startsWith(prefix))) return;
  if (
    ACCOUNT_METRICS.test(namespace) ||
    ACCOUNT_METRICS.test(`${namespace}:${String(metric.at("metricName").known)}`)
  )
    return;
  metric.present("dimensions", `the alarm on ${namespace} watches nothing`);
  for (const { key, value } of metric.at("dimensions").members()) {
    if (!value.isSet) value.fail(`the dimension ${key} is empty`);
  }
}
