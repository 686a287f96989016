import type { ResourceRule } from "../../../kit";
import { SCALING_TARGET } from "../tokens";
import { WARM_CONTAINERS } from "./variants";

export const costAutoscalingMaximum: ResourceRule = {
  id: "cost-autoscaling-maximum",
  title: "Scaling stops at the environment's maximum",
  severity: "medium",
  rationale:
    "A runaway client scales an endpoint to whatever the maximum allows, and each instance is billed.",
  remedy: "Lower maxCapacity to the environment's maximum, and keep minCapacity at or below it.",
  controls: [],
  inspects: { [SCALING_TARGET]: ["maxCapacity", "minCapacity", "scalableDimension"] },
  options: {
    maximum: {
      type: "integer",
      minimum: 1,
      description: "Most capacity units (instances of one variant) that a target may scale to.",
      default: 4,
    },
  },
  check: (target) => {
    const limit = target.option<number>("maximum");
    // Containers of a serverless variant have a limit of their own: cost-no-provisioned-concurrency.
    if (target.at("scalableDimension").known !== WARM_CONTAINERS) {
      target.require<number>(
        "maxCapacity",
        (value) => value <= limit,
        `a target may scale to ${limit} at most`,
      );
    }
    const maximum = target.at("maxCapacity").known;
    target.forbid<number>(
      "minCapacity",
      (minimum) => typeof maximum === "number" && minimum > maximum,
      "the minimum is above the maximum",
    );
  },
};
