import type { ResourceCheck, StackCheck } from "../../../kit";

export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const ENDPOINT_CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";

/** The configurations of this stack that an endpoint starts with. */
export function configurationsOf(stack: StackCheck, endpoint: ResourceCheck): ResourceCheck[] {
  return stack.targets(endpoint, "endpointConfigName", ENDPOINT_CONFIGURATION);
}

/** Inspected paths of the rules that need to know which variants run on instances. */
export const VARIANT_PATHS = {
  [ENDPOINT_CONFIGURATION]: ["productionVariants[*].variantName", "productionVariants[*].serverlessConfig"],
};

/** The names of the variants on instances; undefined when they are not known (yet), or not part of the stack. */
export function instanceVariants(stack: StackCheck, endpoint: ResourceCheck): string[] | undefined {
  const configurations = configurationsOf(stack, endpoint);
  const variants = configurations.map((configuration) => configuration.at("productionVariants"));
  // Reading them defers what is unknown.
  if (variants.filter((list) => list.read() === undefined).length > 0 || variants.length === 0)
    return undefined;
  return variants.flatMap((list) =>
    list
      .items()
      .filter((variant) => !variant.at("serverlessConfig").isSet)
      .map((variant) => variant.at("variantName").read<string>() ?? "")
      .filter((name) => name !== ""),
  );
}
