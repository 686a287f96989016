import type { StackRule } from "../../../kit";
import { BUCKET, bucketsWith } from "./buckets";

export const s3Replication: StackRule = {
  id: "s3-replication",
  title: "Buckets are replicated",
  severity: "low",
  rationale:
    "A copy in a second region outlives the first; it doubles the storage bill, so it is off by default.",
  controls: ["CKV_AWS_144", "S3.7", "S3BucketReplicationEnabled", "guard:s3_bucket_replication_enabled"],
  inspects: { [BUCKET]: [], "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["rules"] },
  remedy: "Add a BucketReplicationConfig.",
  optIn: true,
  checkStack: (stack) => {
    for (const { bucket } of bucketsWith(stack, "BucketVersioning")) {
      const copies = stack.referring(
        bucket,
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "bucket",
      );
      if (copies.length === 0) bucket.fail("the bucket is not replicated");
      for (const copy of copies) copy.present("rules", "the replication has no rule");
    }
  },
};
