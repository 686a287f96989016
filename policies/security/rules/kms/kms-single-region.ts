import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsSingleRegion: ResourceRule = {
  id: "kms-single-region",
  title: "Keys belong to one region",
  severity: "medium",
  rationale: "A multi-region key can be replicated to where nobody looks.",
  controls: [],
  inspects: { [KEY]: ["multiRegion"] },
  remedy: "Remove multiRegion, or exempt the key with the region it is needed in.",
  check: (key) => key.forbid<boolean>("multiRegion", (v) => v, "the key can be replicated to other regions"),
};
