import type { ResourceRule } from "../../../kit";
import { TAGGABLE_TYPES } from "./taggable-types";
import { requireTags, TAG_OPTION } from "./tags";

export const requiredTags: ResourceRule = {
  id: "required-tags",
  title: "Everything says whose it is",
  severity: "medium",
  rationale: "Cost, access by tag and clean-up all start from the tags.",
  controls: [],
  inspects: Object.fromEntries(TAGGABLE_TYPES.map((type) => [type, ["tags"]])),
  remedy: "Set the tags, best once for all resources.",
  options: TAG_OPTION,
  check: requireTags,
};
