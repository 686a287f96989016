import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";

export const costNoShadowVariant: ResourceRule = {
  id: "cost-no-shadow-variant",
  title: "Shadow variants run only for a limited time",
  severity: "medium",
  rationale: "A shadow variant costs as much as the variant that it copies and answers nobody.",
  remedy: "Remove shadowProductionVariants, or add an exemption that ends when the shadow test does.",
  controls: [],
  inspects: { [ENDPOINT_CONFIGURATION]: ["shadowProductionVariants"] },
  check: (configuration) => {
    const shadows = configuration.at("shadowProductionVariants");
    if (shadows.items().length > 0) shadows.fail("the endpoint has a shadow variant");
  },
};
