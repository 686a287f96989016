import type { ResourceRule } from "../../../kit";
import { BUCKET } from "./buckets";

/** Inputs of a bucket that have resources of their own since @pulumi/aws 7 and fight with them. */
const INLINE = [
  "accelerationStatus",
  "acl",
  "corsRules",
  "grants",
  "lifecycleRules",
  "logging",
  "objectLockConfiguration",
  "policy",
  "replicationConfiguration",
  "requestPayer",
  "serverSideEncryptionConfiguration",
  "versioning",
];

export const s3NoDeprecatedInline: ResourceRule = {
  id: "s3-no-deprecated-inline",
  title: "Buckets are configured by resources of their own",
  severity: "low",
  rationale: "An inline setting and the resource for it overwrite each other on every update.",
  controls: [],
  inspects: { [BUCKET]: INLINE },
  remedy: "Move the setting to its resource, such as BucketVersioning or BucketLifecycleConfiguration.",
  check: (bucket) => {
    const inline = INLINE.filter((property) => bucket.at(property).isSet);
    if (inline.length > 0)
      bucket.fail(`${inline.join(", ")} on the bucket itself`, inline[0], inline.join(","));
  },
};
