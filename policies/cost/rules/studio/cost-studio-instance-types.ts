import type { ResourceRule } from "../../../kit";
import { instanceTypesOf, requireAllowed, STUDIO_INSTANCE_PATHS } from "../instance-types";

export const costStudioInstanceTypes: ResourceRule = {
  id: "cost-studio-instance-types",
  title: "Studio starts on the instance types of the environment",
  severity: "medium",
  rationale: "The default instance type is what most people never change.",
  remedy: "Use an allowed instance type as the default.",
  controls: ["t4g-instance-types"],
  inspects: STUDIO_INSTANCE_PATHS,
  options: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description:
        'Default instance types of Studio; "system" is the app server without an instance of its own.',
      default: ["system", "ml.t3.medium", "ml.t3.large", "ml.m5.large"],
    },
  },
  check: (resource) => requireAllowed(instanceTypesOf(resource), resource.option<string[]>("allowed")),
};
