import type { ResourceRule } from "../../../kit";
import { ALL_INSTANCE_PATHS, instanceTypesOf } from "../instance-types";

/** Families with a GPU or an AWS accelerator: p, g, trn and inf, with their generation. */
const ACCELERATED = /^ml\.(p|g|trn|inf)\d/;

export const costAcceleratorsApproved: ResourceRule = {
  id: "cost-accelerators-approved",
  title: "GPU and accelerator instances need an approval with an end date",
  severity: "high",
  rationale:
    "The smallest accelerated instance costs ten times a CPU one, and gradient-boosted trees gain nothing from it.",
  remedy: "Use a CPU instance type, or add an exemption that says who approved it, why and until when.",
  controls: [],
  inspects: ALL_INSTANCE_PATHS,
  check: (resource) => {
    for (const value of instanceTypesOf(resource))
      value.forbid<string>("", (type) => ACCELERATED.test(type), "the instance type has an accelerator");
  },
};
