import { matchesGlob, type StackRule } from "../../../kit";
import { BUCKET, BUCKET_LIFECYCLE } from "../tokens";
import { isUndecided, lifecycleRulesOf } from "./lifecycles";

export const costBucketExpiration: StackRule = {
  id: "cost-bucket-expiration",
  title: "Buckets of temporary objects delete them",
  severity: "low",
  rationale:
    "Captured requests, access logs and results are looked at for weeks and paid for until they are deleted.",
  remedy: "Add an expiration within the environment's limit to the bucket's lifecycle.",
  controls: ["s3-expire-at-30-days"],
  inspects: { [BUCKET]: ["bucket"], [BUCKET_LIFECYCLE]: ["bucket", "rules[*].expiration.days"] },
  options: {
    patterns: {
      type: "array",
      items: { type: "string" },
      description: "Logical names of the buckets with temporary objects; * stands for any text.",
      default: ["*capture*", "*log*", "*results*"],
    },
    maximumDays: {
      type: "integer",
      minimum: 1,
      description: "Longest time in days that they may be kept.",
      default: 400,
    },
  },
  checkStack: (stack) => {
    const patterns = stack.option<string[]>("patterns");
    const maximum = stack.option<number>("maximumDays");
    for (const bucket of stack.ofType(BUCKET)) {
      if (!patterns.some((pattern) => matchesGlob(pattern, bucket.name))) continue;
      const days = lifecycleRulesOf(stack, bucket)?.map((rule) => rule.at("expiration.days"));
      if (days === undefined || days.some((value) => isUndecided(value))) continue;
      if (!days.some((value) => Number(value.known ?? Infinity) <= maximum))
        bucket.fail(`no lifecycle rule deletes its objects within ${maximum} days`);
    }
  },
};
