import type { StackRule } from "../../../kit";
import { bucketsWith, companionGuards, isLogBucket } from "./buckets";

export const s3AccessLogging: StackRule = {
  id: "s3-access-logging",
  title: "Every bucket logs its requests into another bucket",
  severity: "medium",
  rationale: "Who read which object can only be answered from these logs.",
  anchors: [
    "awsguard: s3BucketLoggingEnabled",
    "CKV_AWS_18",
    "S3BucketLoggingEnabled",
    "S3_BUCKET_LOGGING_ENABLED",
    "AWS-0089",
    "S3.9",
    "s3-bucket-logging-enabled",
    "s3_bucket_server_access_logging_enabled",
    "KICS: S3 Bucket Logging Disabled",
  ],
  guards: companionGuards("BucketLogging", ["targetBucket"]),
  remedy: "Add a BucketLogging with targetBucket set to the log bucket.",
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketLogging")) {
      if (companions.length === 0 && !isLogBucket(stack, bucket))
        bucket.fail("requests to the bucket are not logged");
      for (const logging of companions) {
        logging.present("targetBucket", "the log has no target");
        if (stack.refers(logging, "targetBucket", bucket))
          logging.fail("the bucket logs into itself, without end", "targetBucket");
      }
    }
  },
};
