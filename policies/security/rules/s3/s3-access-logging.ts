import type { StackRule } from "../../../kit";
import { bucketsWith, companionPaths, inlineSetting, isLogBucket } from "./buckets";

export const s3AccessLogging: StackRule = {
  id: "s3-access-logging",
  title: "Every bucket logs its requests into another bucket",
  severity: "medium",
  rationale: "Who read which object can only be answered from these logs.",
  controls: ["CKV_AWS_18", "S3.9", "AWS-0089", "S3BucketLoggingEnabled", "guard:s3_bucket_logging_enabled"],
  inspects: companionPaths("BucketLogging", ["targetBucket"], ["logging"]),
  remedy: "Add a BucketLogging with targetBucket set to the log bucket.",
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketLogging")) {
      const inline = inlineSetting(bucket, "logging");
      if (inline.isSet) inline.present("targetBucket", "the log has no target");
      else if (companions.length === 0 && !isLogBucket(stack, bucket))
        bucket.fail("requests to the bucket are not logged");
      for (const logging of companions) {
        logging.present("targetBucket", "the log has no target");
        if (stack.refers(logging, "targetBucket", bucket))
          logging.fail("the bucket logs into itself, without end", "targetBucket");
      }
    }
  },
};
