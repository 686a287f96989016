import type { ResourceRule, Value } from "../../../kit";

export const smEpcChallengerWeight: ResourceRule = {
  id: "sm-epc-challenger-weight",
  title: "Challenger variants get a limited share of the traffic",
  severity: "high",
  rationale: "A model that has not won its test must not order for more shops than the test needs.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "productionVariants[*].initialVariantWeight",
      "productionVariants[*].variantName",
    ],
  },
  remedy: "Lower the challenger's initialVariantWeight, or raise the option maxShare with a reason.",
  options: {
    maxShare: {
      type: "number",
      description: "Largest share of the traffic that all challengers together may get.",
      default: 0.2,
      minimum: 0,
      maximum: 1,
    },
    champion: {
      type: "string",
      description: "Name of the variant that is not a challenger.",
      default: "champion",
    },
  },
  check: (configuration) => {
    const variants = configuration.at("productionVariants").items();
    if (variants.length < 2) return;
    const weights = variants.map((variant) => variant.at("initialVariantWeight").read<number>(1));
    const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
    const challengers = variants.filter(
      (variant) => nameOf(variant) !== configuration.option<string>("champion"),
    );
    const weight = challengers.reduce(
      (sum, challenger) => sum + (weights[variants.indexOf(challenger)] ?? 0),
      0,
    );
    const limit = configuration.option<number>("maxShare");
    if (total > 0 && weight / total > limit) {
      const share = Math.round((100 * weight) / total);
      configuration.fail(
        `challengers (${challengers.map(nameOf).join(", ")}) get ${share} % of the traffic, more than ${100 * limit} %`,
        "productionVariants",
        "share",
      );
    }
  },
};

function nameOf(variant: Value): string {
  return String(variant.at("variantName").known ?? variant.path);
}
