import type { StackRule } from "../../../kit";
import { bucketsWith, companionPaths, inlineSetting } from "./buckets";

export const s3Versioning: StackRule = {
  id: "s3-versioning",
  title: "Every bucket keeps old versions",
  severity: "medium",
  rationale: "An overwritten model or an emptied prefix can then be brought back.",
  controls: [
    "CKV_AWS_21",
    "S3.14",
    "AWS-0090",
    "S3BucketVersioningEnabled",
    "guard:s3_bucket_versioning_enabled",
  ],
  inspects: companionPaths("BucketVersioning", ["versioningConfiguration.status"], ["versioning"]),
  remedy: 'Add a BucketVersioning with status "Enabled".',
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketVersioning")) {
      const inline = inlineSetting(bucket, "versioning");
      if (inline.isSet) inline.require<boolean>("enabled", (v) => v, "old versions are not kept");
      else if (companions.length === 0) bucket.fail("old versions of objects are not kept");
      for (const versioning of companions) {
        versioning.require<string>(
          "versioningConfiguration.status",
          (v) => v === "Enabled",
          "old versions are not kept",
        );
      }
    }
  },
};
