import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { ENDPOINT, ENDPOINT_CONFIGURATION, SCALING_POLICY, SCALING_TARGET } from "../tokens";
import { hostedVariants, scalingTargetsOf } from "./variants";

export const costEndpointAutoscaling: StackRule = {
  id: "cost-endpoint-autoscaling",
  title: "Every variant on instances scales with its load",
  severity: "medium",
  rationale:
    "Without a scaling target a variant is sized for its busiest minute and paid for all the others.",
  remedy: "Register an appautoscaling target and a policy for endpoint/<endpoint>/variant/<variant>.",
  controls: ["CKV2_AWS_16"],
  inspects: {
    [ENDPOINT]: ["endpointConfigName"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants[*].variantName"],
    [SCALING_TARGET]: ["resourceId"],
    [SCALING_POLICY]: ["resourceId"],
  },
  checkStack: (stack) => {
    for (const hosted of hostedVariants(stack)) {
      if (hosted.name === undefined || hosted.variant.at("managedInstanceScaling").isSet) continue;
      const path = `${hosted.variant.path}.variantName`;
      const [target] = scalingTargetsOf(stack, hosted);
      if (!target)
        hosted.configuration.fail(
          `variant ${hosted.name} of ${hosted.endpoint.name} has no scaling target`,
          path,
        );
      else if (!stack.ofType(SCALING_POLICY).some((policy) => belongsTo(stack, policy, target)))
        target.fail(`the scaling target of variant ${hosted.name} has no scaling policy`, "resourceId");
    }
  },
};

/** A policy names the same resource as its target, or takes the id from it. */
function belongsTo(stack: StackCheck, policy: ResourceCheck, target: ResourceCheck): boolean {
  const id = policy.at("resourceId").known;
  return (
    (id !== undefined && id === target.at("resourceId").known) || stack.refers(policy, "resourceId", target)
  );
}
