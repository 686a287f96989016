import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { ENDPOINT, instanceVariants, VARIANT_PATHS } from "./endpoint-configurations";

const TARGET = "aws:appautoscaling/target:Target";

export const smVariantScalingTarget: StackRule = {
  id: "sm-variant-scaling-target",
  title: "Every production variant on instances has a scaling target of its own",
  severity: "medium",
  rationale:
    "A change of weights moves load from one variant to another; the one without a target is overrun.",
  controls: [],
  inspects: {
    ...VARIANT_PATHS,
    [TARGET]: ["resourceId", "serviceNamespace", "scalableDimension"],
    [ENDPOINT]: ["name"],
  },
  remedy:
    "Add an appautoscaling Target with resourceId endpoint/<endpoint>/variant/<variant> and a policy for it.",
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) {
      for (const variant of instanceVariants(stack, endpoint) ?? []) {
        if (!stack.ofType(TARGET).some((target) => scales(stack, target, endpoint, variant))) {
          endpoint.fail(`variant ${variant} has no scaling target`, "", variant);
        }
      }
    }
  },
};

function scales(stack: StackCheck, target: ResourceCheck, endpoint: ResourceCheck, variant: string): boolean {
  if (target.at("serviceNamespace").read<string>() !== "sagemaker") return false;
  if (target.at("scalableDimension").known === "sagemaker:variant:DesiredProvisionedConcurrency")
    return false;
  const resourceId = target.at("resourceId");
  const known = resourceId.read<string>();
  if (known === undefined) return resourceId.isSet && stack.refers(target, "resourceId", endpoint);
  const [kind, name, , of] = known.split("/");
  const names = [endpoint.at("name").known, endpoint.at("id").known];
  return (
    kind === "endpoint" &&
    of === variant &&
    (names.includes(name) || stack.refers(target, "resourceId", endpoint))
  );
}
