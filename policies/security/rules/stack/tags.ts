import type { OptionSchema, ResourceCheck } from "../../../kit";

/** The tags that both tag rules ask for by default. */
export const TAG_OPTION: Readonly<Record<string, OptionSchema>> = {
  tags: {
    type: "array",
    items: { type: "string" },
    description:
      "Tags that every resource must have. Names are case-sensitive; defaultTags of the provider count.",
    default: ["Project", "Environment", "Owner", "CostCenter"],
  },
};

/** Fails for every required tag that neither the resource nor its provider sets. */
export function requireTags(resource: ResourceCheck): void {
  const own = resource.at("tags").read<Record<string, unknown>>({});
  if (own === undefined) return;
  const all = { ...defaultTags(resource), ...own };
  const missing = resource.option<string[]>("tags").filter((tag) => !(tag in all));
  if (missing.length > 0)
    resource.fail(`the resource has no tag ${missing.join(", ")}`, "tags", missing.join(","));
}

/** Tags of the provider: an object, or JSON text as the engine hands over provider settings. */
function defaultTags(resource: ResourceCheck): Record<string, unknown> {
  const raw = resource.provider?.properties.defaultTags;
  try {
    const parsed = (typeof raw === "string" ? JSON.parse(raw) : raw) as
      { tags?: Record<string, unknown> } | undefined;
    return parsed?.tags ?? {};
  } catch {
    return {};
  }
}
