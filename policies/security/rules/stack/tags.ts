import type { OptionSchema, ResourceCheck, ResourceRule, RuleFacts } from "../../../kit";
import { TAGGABLE_SAGEMAKER_TYPES, TAGGABLE_TYPES } from "./taggable-types";

/** The tags that both tag rules ask for by default. */
const TAG_OPTION: Readonly<Record<string, OptionSchema>> = {
  tags: {
    type: "array",
    items: { type: "string" },
    description:
      "Tags that every resource must have. Names are case-sensitive; defaultTags of the provider count.",
    default: ["Project", "Environment", "Owner", "CostCenter"],
  },
};

/** A rule that every resource of `types` has the tags of the option. */
function tagged(
  facts: Omit<RuleFacts, "inspects" | "remedy" | "options">,
  types: readonly string[],
): ResourceRule {
  return {
    ...facts,
    inspects: Object.fromEntries(types.map((type) => [type, ["tags"]])),
    remedy: "Set the tags, best once for all resources.",
    options: TAG_OPTION,
    check: requireTags,
  };
}

export const requiredTags = tagged(
  {
    id: "required-tags",
    title: "Everything says whose it is",
    severity: "medium",
    rationale: "Cost, access by tag and clean-up all start from the tags.",
    controls: [],
  },
  TAGGABLE_TYPES,
);

export const smResourcesTagged = tagged(
  {
    id: "sm-resources-tagged",
    title: "SageMaker resources say whose they are",
    severity: "low",
    rationale: "Instances are billed to whoever is named in the tags.",
    controls: ["SageMaker.6", "SageMaker.7"],
  },
  TAGGABLE_SAGEMAKER_TYPES,
);

/** Fails for every required tag that neither the resource nor its provider sets. */
function requireTags(resource: ResourceCheck): void {
  const tags = resource.at("tags");
  if (tags.presence === "unknown") return resource.defer("tags");
  const own = tags.members().filter(({ value }) => value.isSet);
  const all = new Set([...own.map(({ key }) => key), ...defaultTags(resource)]);
  const missing = resource.option<string[]>("tags").filter((tag) => !all.has(tag));
  if (missing.length > 0)
    resource.fail(`the resource has no tag ${missing.join(", ")}`, "tags", missing.join(","));
}

/** Names of the provider's tags that are not blank: an object, or JSON text as the engine hands over provider settings. */
function defaultTags(resource: ResourceCheck): string[] {
  const raw = resource.provider?.properties.defaultTags;
  try {
    const parsed = (typeof raw === "string" ? JSON.parse(raw) : raw) as
      { tags?: Record<string, unknown> } | undefined;
    return Object.entries(parsed?.tags ?? {})
      .filter(([, value]) => String(value ?? "").trim() !== "")
      .map(([key]) => key);
  } catch {
    return [];
  }
}
