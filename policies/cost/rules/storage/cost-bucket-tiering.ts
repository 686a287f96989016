import { matchesGlob, type StackRule } from "../../../kit";
import { BUCKET, BUCKET_LIFECYCLE } from "../tokens";
import { isUndecided, lifecycleRulesOf } from "./lifecycles";

/** What must be kept but is seldom read. */
const PATTERNS = ["*raw*", "*feature*", "*model*"];

export const costBucketTiering: StackRule = {
  id: "cost-bucket-tiering",
  title: "Large buckets move what is seldom read to a cheaper class",
  severity: "low",
  rationale:
    "Years of raw transactions are read when a model is rebuilt; infrequent access costs about half.",
  remedy:
    "Add a transition to STANDARD_IA, INTELLIGENT_TIERING or a Glacier class, or expire the objects earlier.",
  controls: [],
  inspects: {
    [BUCKET]: ["bucket"],
    [BUCKET_LIFECYCLE]: ["bucket", "rules[*].transitions", "rules[*].expiration.days"],
  },
  options: {
    patterns: {
      type: "array",
      items: { type: "string" },
      description: "Logical names of the large buckets; * stands for any text.",
      default: PATTERNS,
    },
    shortLivedDays: {
      type: "integer",
      minimum: 1,
      description: "Objects that expire within so many days need no cheaper class.",
      default: 90,
    },
  },
  checkStack: (stack) => {
    const shortLived = stack.option<number>("shortLivedDays");
    for (const bucket of stack.ofType(BUCKET)) {
      if (!stack.option<string[]>("patterns").some((pattern) => matchesGlob(pattern, bucket.name))) continue;
      const rules = lifecycleRulesOf(stack, bucket);
      const cheaper = rules?.some(
        (rule) =>
          rule.at("transitions").isSet ||
          isUndecided(rule.at("expiration.days")) ||
          Number(rule.at("expiration.days").known ?? Infinity) <= shortLived,
      );
      if (cheaper === false) bucket.fail("nothing of the bucket ever moves to a cheaper storage class");
    }
  },
};
