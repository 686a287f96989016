import type { ResourceRule, RuleFacts } from "../../../kit";
import {
  ENDPOINT_INSTANCE_PATHS,
  instanceTypesOf,
  MONITORING_INSTANCE_PATHS,
  requireAllowed,
  STUDIO_INSTANCE_PATHS,
} from "./instance-types";

interface AllowedTypes {
  readonly description: string;
  readonly default: readonly string[];
}

/** A rule that every instance type at the inspected paths is one of the option `allowed`. */
function allowedInstanceTypes(facts: Omit<RuleFacts, "options">, allowed: AllowedTypes): ResourceRule {
  return {
    ...facts,
    options: { allowed: { type: "array", items: { type: "string" }, ...allowed } },
    check: (resource) => requireAllowed(instanceTypesOf(resource), resource.option<string[]>("allowed")),
  };
}

export const costEndpointInstanceTypes = allowedInstanceTypes(
  {
    id: "cost-endpoint-instance-types",
    title: "Endpoints run on the instance types of the environment",
    severity: "medium",
    rationale:
      "A hosted instance is paid for every hour of the month, so one size too large doubles the bill.",
    remedy: "Use an allowed instance type, or have this one added to the environment's list.",
    controls: ["t4g-instance-types", "ec2_instance_large"],
    inspects: ENDPOINT_INSTANCE_PATHS,
  },
  {
    description: "Instance types that endpoints may use; * stands for any text.",
    default: ["ml.c5.large", "ml.m5.large", "ml.m5.xlarge"],
  },
);

export const costMonitoringInstanceTypes = allowedInstanceTypes(
  {
    id: "cost-monitoring-instance-types",
    title: "Monitoring jobs run on the instance types of the environment",
    severity: "low",
    rationale: "A monitoring job runs up to 730 times a month: its size counts as much as an endpoint's.",
    remedy: "Use an allowed instance type.",
    controls: ["t4g-instance-types"],
    inspects: MONITORING_INSTANCE_PATHS,
  },
  {
    description: "Instance types that monitoring jobs may use; * stands for any text.",
    default: ["ml.m5.large", "ml.m5.xlarge"],
  },
);

export const costStudioInstanceTypes = allowedInstanceTypes(
  {
    id: "cost-studio-instance-types",
    title: "Studio starts on the instance types of the environment",
    severity: "medium",
    rationale: "The default instance type is what most people never change.",
    remedy: "Use an allowed instance type as the default.",
    controls: ["t4g-instance-types"],
    inspects: STUDIO_INSTANCE_PATHS,
  },
  {
    description:
      'Default instance types of Studio; "system" is the app server without an instance of its own.',
    default: ["system", "ml.t3.medium", "ml.t3.large", "ml.m5.large"],
  },
);
