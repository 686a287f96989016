import type { ResourceRule } from "../../../kit";
import { TAGGABLE_SAGEMAKER_TYPES } from "./taggable-types";
import { requireTags, TAG_OPTION } from "./tags";

export const smResourcesTagged: ResourceRule = {
  id: "sm-resources-tagged",
  title: "SageMaker resources say whose they are",
  severity: "low",
  rationale: "Instances are billed to whoever is named in the tags.",
  controls: ["SageMaker.6", "SageMaker.7"],
  inspects: Object.fromEntries(TAGGABLE_SAGEMAKER_TYPES.map((type) => [type, ["tags"]])),
  remedy: "Set the tags, best once for all resources.",
  options: TAG_OPTION,
  check: requireTags,
};
