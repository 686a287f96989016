import type { ResourceRule } from "../../../kit";
import { DOMAIN } from "../tokens";

export const costStudioTagPropagation: ResourceRule = {
  id: "cost-studio-tag-propagation",
  title: "What users start in Studio inherits the domain's tags",
  severity: "low",
  rationale:
    "Apps and spaces are made by users, not by the program: without propagation they are nobody's on the bill.",
  remedy: "Set tagPropagation to ENABLED.",
  controls: [],
  inspects: { [DOMAIN]: ["tagPropagation"] },
  check: (domain) =>
    domain.require<string>(
      "tagPropagation",
      (value) => value === "ENABLED",
      "the domain does not hand its tags on",
    ),
  remediate: (properties) => {
    properties.tagPropagation = "ENABLED";
  },
};
