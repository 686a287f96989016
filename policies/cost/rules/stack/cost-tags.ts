import type { ResourceCheck, ResourceRule, Value } from "../../../kit";
import { TAGGED_TYPES } from "./tagged-types";

export const costTags: ResourceRule = {
  id: "cost-tags",
  title: "What is billed carries the cost-allocation tags",
  severity: "medium",
  rationale: "The bill can be split by tag only, and only from the day on which the tag was there.",
  remedy:
    "Add the missing tags, for all resources at once by a stack transformation or the provider's defaultTags.",
  controls: [],
  inspects: Object.fromEntries(TAGGED_TYPES.map((type) => [type, ["tags"]])),
  options: {
    keys: {
      type: "array",
      items: { type: "string" },
      description: "Keys that must be set; a key may have a pattern of its values: Environment=^(dev|prod)$.",
      default: ["Project", "Environment", "Owner", "CostCenter"],
    },
  },
  check: (resource) => {
    if (resource.at("tags").presence === "unknown") return resource.defer("tags");
    for (const entry of resource.option<string[]>("keys")) checkTag(resource, entry);
  },
};

function checkTag(resource: ResourceCheck, entry: string): void {
  const [key = "", ...rest] = entry.split("=");
  const pattern = rest.join("=");
  const tag = tagOf(resource, key);
  if (tag === undefined) resource.fail(`the tag ${key} is missing`, "tags", key);
  else if (pattern !== "" && typeof tag.known === "string" && !new RegExp(pattern).test(tag.known))
    tag.fail(`the value of the tag ${key} does not match ${pattern}`, key);
}

/** Tags come from the resource or from the provider, which adds its defaults before the call. */
function tagOf(resource: ResourceCheck, key: string): Value | undefined {
  const own = resource.at("tags").at(key);
  if (own.isSet) return own;
  const defaults = resource.provider?.properties.defaultTags as
    { tags?: Record<string, unknown> } | undefined;
  return defaults?.tags?.[key] === undefined ? undefined : resource.at("tags");
}
