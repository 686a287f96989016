import type { ResourceCheck, StackCheck } from "../../../kit";

export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const ENDPOINT_CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";

/** The configurations of this stack that an endpoint starts with. */
export function configurationsOf(stack: StackCheck, endpoint: ResourceCheck): ResourceCheck[] {
  return stack.targets(endpoint, "endpointConfigName", ENDPOINT_CONFIGURATION);
}

/** The names of the variants on instances; undefined when the configuration is not part of the stack. */
export function instanceVariants(stack: StackCheck, endpoint: ResourceCheck): string[] | undefined {
  const configurations = configurationsOf(stack, endpoint);
  if (configurations.length === 0) return undefined;
  return configurations.flatMap((configuration) =>
    configuration
      .at("productionVariants")
      .items()
      .filter((variant) => !variant.at("serverlessConfig").isSet)
      .map((variant) => variant.at("variantName").read<string>() ?? "")
      .filter((name) => name !== ""),
  );
}
