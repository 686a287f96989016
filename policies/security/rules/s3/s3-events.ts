import type { StackRule } from "../../../kit";
import { BUCKET, bucketsWith } from "./buckets";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";

export const s3Events: StackRule = {
  id: "s3-events",
  title: "Buckets announce changes of their objects",
  severity: "low",
  rationale:
    "Events let others react to new data; a platform that works on schedules does without, so it is off by default.",
  controls: ["CKV2_AWS_62", "S3.11"],
  inspects: { [BUCKET]: [], [NOTIFICATION]: [] },
  remedy: "Add a BucketNotification.",
  optIn: true,
  checkStack: (stack) => {
    for (const { bucket } of bucketsWith(stack, "BucketVersioning")) {
      if (stack.referring(bucket, NOTIFICATION, "bucket").length === 0)
        bucket.fail("changes in the bucket are not announced");
    }
  },
};
