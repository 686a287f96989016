import type { ResourceCheck, ResourceRule } from "../../../kit";
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
    reportMissing: {
      type: "boolean",
      description:
        "Whether a missing tag is a violation, and not only a wrong value. Off where the security pack asks for it, as on this platform.",
      default: false,
    },
  },
  check: (resource) => {
    if (resource.at("tags").presence === "unknown") return resource.defer("tags");
    const required = resource.option<string[]>("keys").map(parseEntry);
    const missing = required.filter(({ key }) => tagOf(resource, key) === undefined).map(({ key }) => key);
    if (missing.length > 0 && resource.option<boolean>("reportMissing"))
      resource.fail(`the resource has no tag ${missing.join(", ")}`, "tags", missing.join(","));
    for (const { key, pattern } of required) {
      const tag = tagOf(resource, key);
      if (typeof tag === "string" && pattern !== "" && !new RegExp(pattern).test(tag))
        resource.fail(
          `the tag ${key} is ${JSON.stringify(tag)}, which does not match ${pattern}`,
          "tags",
          key,
        );
    }
  },
};

/** `Environment=^(dev|prod)$` -> the key and the pattern of its values. */
function parseEntry(entry: string): { readonly key: string; readonly pattern: string } {
  const [key = "", ...rest] = entry.split("=");
  return { key, pattern: rest.join("=") };
}

/**
 * A tag of the resource, or of the provider, which adds its defaults before the call; a blank one is none. What is not a
 * text is not known yet.
 */
function tagOf(resource: ResourceCheck, key: string): unknown {
  const own = resource
    .at("tags")
    .members()
    .find((tag) => tag.key === key)?.value;
  if (own?.isSet) return own.presence === "known" ? own.known : own;
  const defaults = resource.provider?.properties.defaultTags as
    { tags?: Record<string, unknown> } | undefined;
  const tag = defaults?.tags?.[key];
  return typeof tag === "string" && tag.trim() === "" ? undefined : tag;
}
