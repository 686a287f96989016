import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";
import { valuesAt } from "../values-at";

const VOLUMES = ["productionVariants[*].volumeSizeInGb", "shadowProductionVariants[*].volumeSizeInGb"];

export const costVariantVolume: ResourceRule = {
  id: "cost-variant-volume",
  title: "The volume of a variant fits its models",
  severity: "low",
  rationale: "Each instance of a variant pays for its own volume, at 1.4 times the price of EBS.",
  remedy: "Lower volumeSizeInGb to what the loaded models need.",
  controls: ["ebs_volume_large"],
  inspects: { [ENDPOINT_CONFIGURATION]: VOLUMES },
  options: {
    maximumGigabytes: {
      type: "integer",
      minimum: 1,
      description: "Largest volume of a variant in GB.",
      default: 50,
    },
  },
  check: (configuration) => {
    const maximum = configuration.option<number>("maximumGigabytes");
    for (const value of VOLUMES.flatMap((path) => valuesAt(configuration, path)))
      value.forbid<number>("", (size) => size > maximum, `a variant has a volume of more than ${maximum} GB`);
  },
};
