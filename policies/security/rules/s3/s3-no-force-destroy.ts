import type { ResourceRule } from "../../../kit";
import { BUCKET } from "./buckets";

export const s3NoForceDestroy: ResourceRule = {
  id: "s3-no-force-destroy",
  title: "Buckets with data are not emptied by a clean-up",
  severity: "medium",
  rationale: "With forceDestroy a renamed bucket takes its data along when Pulumi replaces it.",
  controls: [],
  inspects: { [BUCKET]: ["forceDestroy"] },
  remedy: "Remove forceDestroy, or lower this rule in environments that are thrown away.",
  check: (bucket) =>
    bucket.forbid<boolean>("forceDestroy", (v) => v, "deleting the bucket deletes its objects"),
  remediate: (properties) => {
    properties.forceDestroy = false;
  },
};
