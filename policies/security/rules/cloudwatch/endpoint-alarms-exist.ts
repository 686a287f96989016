import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { ENDPOINT, instanceVariants, VARIANT_PATHS } from "../sagemaker/endpoint-configurations";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const endpointAlarmsExist: StackRule = {
  id: "endpoint-alarms-exist",
  title: "Every production variant has alarms for latency and errors",
  severity: "high",
  rationale: "A variant that answers slowly or not at all must wake somebody before the shops call.",
  controls: [],
  inspects: {
    ...VARIANT_PATHS,
    [ALARM]: ["dimensions", "metricName", "namespace", "metricQueries"],
    [ENDPOINT]: ["name"],
  },
  remedy:
    "Add metric alarms with the EndpointName and VariantName of the variant for every metric of the option metrics.",
  options: {
    metrics: {
      type: "array",
      items: { type: "string" },
      description: "Metrics that need an alarm on every variant; `A|B` accepts either.",
      default: ["ModelLatency", "Invocation5XXErrors|InvocationModelErrors"],
    },
  },
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) {
      for (const variant of instanceVariants(stack, endpoint) ?? []) checkVariant(stack, endpoint, variant);
    }
  },
};

function checkVariant(stack: StackCheck, endpoint: ResourceCheck, variant: string): void {
  const watched = stack
    .ofType(ALARM)
    .flatMap((alarm) => [
      alarm.at(""),
      ...alarm
        .at("metricQueries")
        .items()
        .map((query) => query.at("metric")),
    ])
    .filter((metric) => metric.at("dimensions.VariantName").known === variant)
    .filter((metric) =>
      [endpoint.at("name").known, endpoint.at("id").known, undefined].includes(
        metric.at("dimensions.EndpointName").known,
      ),
    )
    .map((metric) => String(metric.at("metricName").known));
  for (const metric of stack.option<string[]>("metrics")) {
    if (!metric.split("|").some((name) => watched.includes(name))) {
      endpoint.fail(`variant ${variant} has no alarm on ${metric}`, "", `${variant}::${metric}`);
    }
  }
}
