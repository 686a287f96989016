import type { ResourceRule } from "../../../kit";
import { variantsOf } from "./variants";

export const smEpcIntegerWeights: ResourceRule = {
  id: "sm-epc-integer-weights",
  title: "Variant weights are whole numbers",
  severity: "high",
  rationale:
    "The provider stores a weight as a 32-bit float: 0.9 comes back as 0.8999999761581421 and every plan replaces the configuration.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "productionVariants[*].initialVariantWeight",
      "shadowProductionVariants[*].initialVariantWeight",
    ],
  },
  remedy: "Write the split in whole numbers, such as 90 and 10.",
  check: (configuration) => {
    for (const variant of variantsOf(configuration)) {
      variant.forbid<number>(
        "initialVariantWeight",
        (v) => !Number.isInteger(v) || v < 0,
        "the weight is not a whole number",
      );
    }
  },
};
