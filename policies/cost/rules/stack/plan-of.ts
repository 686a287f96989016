import type { StackCheck } from "../../../kit";
import type { PlannedResource } from "../../pricing/planned-resource";

/** The stack as the estimator takes it. */
export function planOf(stack: StackCheck): PlannedResource[] {
  return stack.resources.map(({ raw: { urn, type, name, properties, propertyDependencies } }) => ({
    urn,
    type,
    name,
    inputs: properties,
    ...(propertyDependencies ? { propertyDependencies } : {}),
  }));
}
