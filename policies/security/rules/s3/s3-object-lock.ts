import type { StackRule } from "../../../kit";
import { matchesGlob } from "../../../kit";
import { BUCKET, bucketsWith, companionPaths } from "./buckets";

export const s3ObjectLock: StackRule = {
  id: "s3-object-lock",
  title: "Audit and model buckets can be locked against deletion",
  severity: "low",
  rationale: "Object lock keeps evidence and released models from everybody, administrators included.",
  controls: ["CKV_AWS_143", "S3.15", "S3BucketDefaultLockEnabled", "guard:s3_bucket_default_lock_enabled"],
  inspects: {
    ...companionPaths("BucketObjectLockConfiguration", ["rule"]),
    [BUCKET]: ["objectLockEnabled", "objectLockConfiguration"],
  },
  remedy: "Create the bucket with objectLockEnabled and add a BucketObjectLockConfiguration.",
  optIn: true,
  options: {
    buckets: {
      type: "array",
      items: { type: "string" },
      description: "Globs of the logical names of buckets that must be locked.",
      default: ["*models*", "*audit*"],
    },
  },
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketObjectLockConfiguration")) {
      if (!stack.option<string[]>("buckets").some((glob) => matchesGlob(glob, bucket.name))) continue;
      const enabled = bucket.at("objectLockEnabled");
      const inline = bucket.input("objectLockConfiguration").isSet;
      if (companions.length === 0 && !inline && enabled.known !== true)
        enabled.fail("objects can be deleted for good");
    }
  },
};
