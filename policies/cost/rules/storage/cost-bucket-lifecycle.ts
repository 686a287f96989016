import type { StackRule } from "../../../kit";
import { BUCKET, BUCKET_LIFECYCLE } from "../tokens";
import { lifecycleRulesOf } from "./lifecycles";

export const costBucketLifecycle: StackRule = {
  id: "cost-bucket-lifecycle",
  title: "Every bucket has a lifecycle",
  severity: "medium",
  rationale: "A lake only grows: without a rule, every file of every night is paid for until somebody looks.",
  remedy: "Add a BucketLifecycleConfiguration with an enabled rule for the bucket.",
  controls: ["CKV2_AWS_61", "S3.13", "s3-require-lifecycle", "s3_bucket_without_lifecycle"],
  inspects: { [BUCKET]: ["bucket", "lifecycleRules"], [BUCKET_LIFECYCLE]: ["bucket", "rules[*].status"] },
  checkStack: (stack) => {
    for (const bucket of stack.ofType(BUCKET)) {
      if (lifecycleRulesOf(stack, bucket)?.length === 0) bucket.fail("the bucket has no lifecycle rule");
    }
  },
};
