import type { ResourceRule } from "../../../kit";
import { ENDPOINT_INSTANCE_PATHS, instanceTypesOf, requireAllowed } from "../instance-types";

export const costEndpointInstanceTypes: ResourceRule = {
  id: "cost-endpoint-instance-types",
  title: "Endpoints run on the instance types of the environment",
  severity: "medium",
  rationale: "A hosted instance is paid for every hour of the month, so one size too large doubles the bill.",
  remedy: "Use an allowed instance type, or have this one added to the environment's list.",
  controls: ["t4g-instance-types", "ec2_instance_large"],
  inspects: ENDPOINT_INSTANCE_PATHS,
  options: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description: "Instance types that endpoints may use; * stands for any text.",
      default: ["ml.c5.large", "ml.m5.large", "ml.m5.xlarge"],
    },
  },
  check: (configuration) =>
    requireAllowed(instanceTypesOf(configuration), configuration.option<string[]>("allowed")),
};
