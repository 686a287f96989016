import type { ResourceRule, Value } from "../../../kit";

export const smEpcHa: ResourceRule = {
  id: "sm-epc-ha",
  title: "Endpoints run on at least two instances",
  severity: "medium",
  rationale: "SageMaker spreads instances over zones; a single one stops with its zone.",
  controls: ["SageMaker.4", "sagemaker_endpoint_config_prod_variant_instances", "SM-12"],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "productionVariants[*].initialInstanceCount",
      "productionVariants[*].managedInstanceScaling.minInstanceCount",
    ],
  },
  remedy: "Raise initialInstanceCount; see the option count for what is counted.",
  options: {
    minimum: { type: "integer", description: "Instances that are enough.", default: 2, minimum: 1 },
    count: {
      type: "string",
      enum: ["variant", "endpoint"],
      description:
        "Whether every variant or the endpoint as a whole needs them: an A/B endpoint with one instance each is whole with two.",
      default: "variant",
    },
  },
  check: (configuration) => {
    const minimum = configuration.option<number>("minimum");
    const variants = configuration
      .at("productionVariants")
      .items()
      .filter((v) => !v.at("serverlessConfig").isSet);
    const counts = variants.map(instancesOf);
    if (configuration.option<string>("count") === "endpoint") {
      const total = counts.reduce<number>((sum, count) => sum + (count ?? minimum), 0);
      if (variants.length > 0 && total < minimum) {
        configuration.fail(
          `all variants together have ${total} instances, fewer than ${minimum}`,
          "productionVariants",
        );
      }
      return;
    }
    variants.forEach((variant, i) => {
      const count = counts[i];
      if (count !== undefined && count < minimum)
        variant.at("initialInstanceCount").fail(`fewer than ${minimum} instances`);
    });
  },
};

function instancesOf(variant: Value): number | undefined {
  const scaled = variant.at("managedInstanceScaling.minInstanceCount");
  return scaled.isSet ? scaled.read<number>() : variant.at("initialInstanceCount").read<number>(1);
}
