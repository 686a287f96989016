import type { ResourceRule, RuleFacts } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";
import { valuesAt } from "../values-at";

/** The option that holds the limit, and what to say about a variant above it. */
interface Limit {
  readonly option: string;
  readonly minimum: number;
  readonly description: string;
  readonly default: number;
  readonly message: (maximum: number) => string;
}

/** A rule that no number at `paths` of an endpoint configuration is larger than its option says. */
function limitVariants(
  facts: Omit<RuleFacts, "inspects" | "options">,
  paths: readonly string[],
  { option, message, ...schema }: Limit,
): ResourceRule {
  return {
    ...facts,
    inspects: { [ENDPOINT_CONFIGURATION]: paths },
    options: { [option]: { type: "integer", ...schema } },
    check: (configuration) => {
      const maximum = configuration.option<number>(option);
      for (const value of paths.flatMap((path) => valuesAt(configuration, path)))
        value.forbid<number>("", (given) => given > maximum, message(maximum));
    },
  };
}

export const costEndpointInstanceCount = limitVariants(
  {
    id: "cost-endpoint-instance-count",
    title: "A variant starts with no more instances than the environment pays for",
    severity: "medium",
    rationale:
      "Two instances for availability are a decision about money too; the security pack asks for at least as many as its own setting says.",
    remedy: "Lower initialInstanceCount and let the scaling target add instances under load.",
    controls: [],
  },
  ["productionVariants[*].initialInstanceCount", "shadowProductionVariants[*].initialInstanceCount"],
  {
    option: "maximum",
    minimum: 1,
    description: "Most instances that a variant starts with. At least 2 where high availability is required.",
    default: 2,
    message: (maximum) => `a variant starts with more than ${maximum} instances`,
  },
);

export const costVariantVolume = limitVariants(
  {
    id: "cost-variant-volume",
    title: "The volume of a variant fits its models",
    severity: "low",
    rationale: "Each instance of a variant pays for its own volume, at 1.4 times the price of EBS.",
    remedy: "Lower volumeSizeInGb to what the loaded models need.",
    controls: ["ebs_volume_large"],
  },
  ["productionVariants[*].volumeSizeInGb", "shadowProductionVariants[*].volumeSizeInGb"],
  {
    option: "maximumGigabytes",
    minimum: 1,
    description: "Largest volume of a variant in GB.",
    default: 50,
    message: (maximum) => `a variant has a volume of more than ${maximum} GB`,
  },
);
