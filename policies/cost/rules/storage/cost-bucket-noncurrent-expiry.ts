import type { StackRule } from "../../../kit";
import { BUCKET, BUCKET_LIFECYCLE, BUCKET_VERSIONING } from "../tokens";
import { isUndecided, lifecycleRulesOf } from "./lifecycles";

const DAYS = "noncurrentVersionExpiration.noncurrentDays";
/** The same in a rule on the bucket itself. */
const INLINE_DAYS = "noncurrentVersionExpiration.days";

export const costBucketNoncurrentExpiry: StackRule = {
  id: "cost-bucket-noncurrent-expiry",
  title: "Old versions in versioned buckets expire",
  severity: "medium",
  rationale:
    "In a versioned bucket a nightly overwrite stores a new copy every night, and deleting deletes nothing.",
  remedy: "Add noncurrentVersionExpiration.noncurrentDays to the bucket's lifecycle.",
  controls: ["S3.10", "Amazon S3 version-enabled buckets without lifecycle policies configured"],
  inspects: {
    [BUCKET]: ["bucket", "lifecycleRules", "versioning"],
    [BUCKET_VERSIONING]: ["bucket", "versioningConfiguration.status"],
    [BUCKET_LIFECYCLE]: ["bucket", `rules[*].${DAYS}`],
  },
  options: {
    maximumDays: {
      type: "integer",
      minimum: 1,
      description: "Longest time in days that an old version is kept.",
      default: 400,
    },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximumDays");
    for (const bucket of stack.ofType(BUCKET)) {
      const versioned = stack
        .referring(bucket, BUCKET_VERSIONING, "bucket")
        .some((versioning) => versioning.at("versioningConfiguration.status").read() === "Enabled");
      if (!versioned && bucket.input("versioning.enabled").known !== true) continue;
      const days = lifecycleRulesOf(stack, bucket)?.map((rule) =>
        rule.at(rule.at(INLINE_DAYS).isSet ? INLINE_DAYS : DAYS),
      );
      if (days === undefined || days.some((value) => isUndecided(value))) continue;
      if (!days.some((value) => Number(value.known ?? Infinity) <= maximum))
        bucket.fail(`old versions of its objects are kept for more than ${maximum} days`);
    }
  },
};
