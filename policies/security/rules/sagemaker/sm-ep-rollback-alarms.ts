import type { ResourceCheck, StackCheck, StackRule, Value } from "../../../kit";
import { ENDPOINT, instanceVariants, VARIANT_PATHS } from "./endpoint-configurations";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const smEpRollbackAlarms: StackRule = {
  id: "sm-ep-rollback-alarms",
  title: "Rollback alarms exist and watch the variants of their endpoint",
  severity: "high",
  rationale: "An alarm on another endpoint or variant never fires, and SageMaker keeps the broken fleet.",
  controls: [],
  inspects: {
    ...VARIANT_PATHS,
    [ENDPOINT]: ["deploymentConfig.autoRollbackConfiguration.alarms[*].alarmName", "name"],
    [ALARM]: ["dimensions", "name", "metricQueries[*].metric.dimensions"],
  },
  remedy:
    "Name metric alarms of this stack whose dimensions are this endpoint's EndpointName and the VariantName of each variant.",
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) checkEndpoint(stack, endpoint);
  },
};

/** The variants that one alarm watches: `*` while that is not known, none after a violation. */
type Watched = readonly string[];

const UNDECIDED: Watched = ["*"];

function checkEndpoint(stack: StackCheck, endpoint: ResourceCheck): void {
  const references = endpoint.at("deploymentConfig.autoRollbackConfiguration.alarms").items();
  const variants = instanceVariants(stack, endpoint);
  if (references.length === 0 || variants === undefined) return;
  const watched = references.flatMap((reference) => {
    const alarmName = reference.at("alarmName");
    const found = watchedBy(stack, endpoint, alarmName);
    const strange = found.filter((name) => name !== "*" && !variants.includes(name));
    if (strange.length > 0)
      alarmName.fail(`the rollback alarm watches ${strange.join(", ")}, no variant of the endpoint`);
    return found;
  });
  const missing = variants.filter((name) => !watched.includes(name));
  if (missing.length > 0 && !watched.includes("*")) {
    endpoint.fail(
      `no rollback alarm watches variant ${missing.join(", ")}`,
      "deploymentConfig.autoRollbackConfiguration.alarms",
    );
  }
}

function watchedBy(stack: StackCheck, endpoint: ResourceCheck, alarmName: Value): Watched {
  const name = alarmName.read<string>();
  const alarms = stack.ofType(ALARM);
  const alarm = alarms.find((candidate) =>
    [candidate.at("name").known, candidate.at("id").known].includes(name),
  );
  if (
    name === undefined ||
    (!alarm && alarms.some((candidate) => candidate.at("name").read() === undefined))
  ) {
    return UNDECIDED;
  }
  if (!alarm) {
    alarmName.fail("the rollback alarm is not an alarm of this stack");
    return [];
  }
  return dimensionsOf(alarm).flatMap((dimensions) => watchedVariant(endpoint, alarm, alarmName, dimensions));
}

/** The dimensions of the alarm's metric, or of the metrics that it computes with. */
function dimensionsOf(alarm: ResourceCheck): Value[] {
  const queries = alarm
    .at("metricQueries")
    .items()
    .map((query) => query.at("metric.dimensions"));
  return [alarm.at("dimensions"), ...queries].filter((dimensions) => dimensions.isSet);
}

function watchedVariant(
  endpoint: ResourceCheck,
  alarm: ResourceCheck,
  alarmName: Value,
  dimensions: Value,
): Watched {
  const own = [endpoint.at("name").read(), endpoint.at("id").known].filter((known) => known !== undefined);
  const watchedEndpoint = dimensions.at("EndpointName");
  const variant = dimensions.at("VariantName").read<string>();
  if (watchedEndpoint.presence === "unknown" || own.length === 0)
    return variant === undefined ? UNDECIDED : [variant];
  if (!own.some((name) => name === watchedEndpoint.known)) {
    alarmName.fail(`the rollback alarm ${alarm.name} does not watch this endpoint`);
    return [];
  }
  return variant === undefined ? [] : [variant];
}
