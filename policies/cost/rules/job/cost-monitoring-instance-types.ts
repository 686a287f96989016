import type { ResourceRule } from "../../../kit";
import { instanceTypesOf, MONITORING_INSTANCE_PATHS, requireAllowed } from "../instance-types";

export const costMonitoringInstanceTypes: ResourceRule = {
  id: "cost-monitoring-instance-types",
  title: "Monitoring jobs run on the instance types of the environment",
  severity: "low",
  rationale: "A monitoring job runs up to 730 times a month: its size counts as much as an endpoint's.",
  remedy: "Use an allowed instance type.",
  controls: ["t4g-instance-types"],
  inspects: MONITORING_INSTANCE_PATHS,
  options: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description: "Instance types that monitoring jobs may use; * stands for any text.",
      default: ["ml.m5.large", "ml.m5.xlarge"],
    },
  },
  check: (job) => requireAllowed(instanceTypesOf(job), job.option<string[]>("allowed")),
};
