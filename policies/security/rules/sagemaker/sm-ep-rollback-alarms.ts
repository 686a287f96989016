import type { ResourceCheck, StackCheck, StackRule, Value } from "../../../kit";
import { ENDPOINT, instanceVariants, VARIANT_GUARDS } from "./endpoint-configurations";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const smEpRollbackAlarms: StackRule = {
  id: "sm-ep-rollback-alarms",
  title: "Rollback alarms exist and watch the variants of their endpoint",
  severity: "high",
  rationale: "An alarm on another endpoint or variant never fires, and SageMaker keeps the broken fleet.",
  anchors: [],
  guards: {
    ...VARIANT_GUARDS,
    [ENDPOINT]: ["deploymentConfig.autoRollbackConfiguration.alarms[*].alarmName", "name"],
    [ALARM]: ["dimensions", "name"],
  },
  remedy:
    "Name metric alarms of this stack whose dimensions are this endpoint's EndpointName and the VariantName of each variant.",
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) checkEndpoint(stack, endpoint);
  },
};

function checkEndpoint(stack: StackCheck, endpoint: ResourceCheck): void {
  const references = endpoint.at("deploymentConfig.autoRollbackConfiguration.alarms").items();
  if (references.length === 0) return;
  const watched = references.flatMap((reference) =>
    checkReference(stack, endpoint, reference.at("alarmName")),
  );
  const missing = (instanceVariants(stack, endpoint) ?? []).filter((name) => !watched.includes(name));
  if (missing.length > 0 && !watched.includes("*")) {
    endpoint.fail(
      `no rollback alarm watches variant ${missing.join(", ")}`,
      "deploymentConfig.autoRollbackConfiguration.alarms",
    );
  }
}

/** The variants that one named alarm watches: `*` when that is not known yet, nothing after a violation. */
function checkReference(stack: StackCheck, endpoint: ResourceCheck, alarmName: Value): string[] {
  const name = alarmName.read<string>();
  if (name === undefined) return ["*"];
  const alarm = stack.ofType(ALARM).find((candidate) => namesOf(candidate).includes(name));
  if (!alarm) {
    alarmName.fail("the rollback alarm is not an alarm of this stack");
    return [];
  }
  const dimensions = alarm.at("dimensions");
  const watchedEndpoint = dimensions.at("EndpointName").read<string>();
  const variant = dimensions.at("VariantName").read<string>();
  if (dimensions.at("EndpointName").isSet && watchedEndpoint === undefined) return ["*"];
  const own = [endpoint.at("name").read(), endpoint.at("id").known].filter((known) => known !== undefined);
  if (own.length === 0 && variant !== undefined) return [variant];
  if (watchedEndpoint === undefined || !own.includes(watchedEndpoint)) {
    alarmName.fail(`the rollback alarm ${alarm.name} does not watch this endpoint`);
    return [];
  }
  return variant === undefined ? [] : [variant];
}

function namesOf(alarm: ResourceCheck): unknown[] {
  return [alarm.at("name").known, alarm.at("id").known].filter((name) => name !== undefined);
}
