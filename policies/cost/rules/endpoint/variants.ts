import type { ResourceCheck, StackCheck, Value } from "../../../kit";
import { ENDPOINT, ENDPOINT_CONFIGURATION, SCALING_TARGET } from "../tokens";

/** Dimension of a target that scales the warm containers of a serverless variant, not instances. */
export const WARM_CONTAINERS = "sagemaker:variant:DesiredProvisionedConcurrency";

/** A variant that runs on instances of its own, on one endpoint. */
export interface HostedVariant {
  readonly endpoint: ResourceCheck;
  readonly configuration: ResourceCheck;
  readonly variant: Value;
  /** Undefined while the name is not known. */
  readonly name: string | undefined;
}

/** The production variants on instances of all endpoints of the stack; serverless ones have none. */
export function hostedVariants(stack: StackCheck): HostedVariant[] {
  return stack.ofType(ENDPOINT).flatMap((endpoint) =>
    stack.targets(endpoint, "endpointConfigName", ENDPOINT_CONFIGURATION).flatMap((configuration) =>
      configuration
        .input("productionVariants")
        .items()
        .filter((variant) => !variant.at("serverlessConfig").isSet)
        .map((variant) => ({
          endpoint,
          configuration,
          variant,
          name: variant.at("variantName").read<string>(),
        })),
    ),
  );
}

/** The scaling targets of a variant: by their resource id, or by dependency and name while the id is not known. */
export function scalingTargetsOf(stack: StackCheck, { endpoint, name }: HostedVariant): ResourceCheck[] {
  if (name === undefined) return [];
  const endpointName = endpoint.at("name").known;
  return stack.ofType(SCALING_TARGET).filter((target) => {
    const id = target.at("resourceId").known;
    if (typeof id === "string" && typeof endpointName === "string")
      return id === `endpoint/${endpointName}/variant/${name}`;
    if (typeof id === "string") return id.endsWith(`/variant/${name}`);
    return stack.refers(target, "resourceId", endpoint) && target.name.includes(name);
  });
}
