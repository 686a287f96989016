import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";
import { valuesAt } from "../values-at";

const COUNTS = [
  "productionVariants[*].initialInstanceCount",
  "shadowProductionVariants[*].initialInstanceCount",
];

export const costEndpointInstanceCount: ResourceRule = {
  id: "cost-endpoint-instance-count",
  title: "A variant starts with no more instances than the environment pays for",
  severity: "medium",
  rationale:
    "Two instances for availability are a decision about money too; the security pack asks for at least as many as its own setting says.",
  remedy: "Lower initialInstanceCount and let the scaling target add instances under load.",
  controls: [],
  inspects: { [ENDPOINT_CONFIGURATION]: COUNTS },
  options: {
    maximum: {
      type: "integer",
      minimum: 1,
      description:
        "Most instances that a variant starts with. At least 2 where high availability is required.",
      default: 2,
    },
  },
  check: (configuration) => {
    const maximum = configuration.option<number>("maximum");
    for (const value of COUNTS.flatMap((path) => valuesAt(configuration, path)))
      value.forbid<number>(
        "",
        (count) => count > maximum,
        `a variant starts with more than ${maximum} instances`,
      );
  },
};
