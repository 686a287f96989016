import type { ResourceCheck, StackCheck, Value } from "../../../kit";
import { BUCKET_LIFECYCLE } from "../tokens";

/**
 * The enabled lifecycle rules of a bucket, from all lifecycle configurations that name it and from the bucket itself, where
 * programs of before @pulumi/aws 7 have them; undefined, and deferred, while one of them is not known.
 */
export function lifecycleRulesOf(stack: StackCheck, bucket: ResourceCheck): Value[] | undefined {
  const lists = [
    ...stack.referring(bucket, BUCKET_LIFECYCLE, "bucket").map((one) => one.at("rules")),
    bucket.input("lifecycleRules"),
  ];
  const rules = lists.flatMap((list) => list.items());
  const statuses = rules.map((rule) =>
    rule.at("enabled").known === false ? "Disabled" : rule.at("status").read<string>("Enabled"),
  );
  if (lists.some((list) => list.presence === "unknown") || statuses.includes(undefined)) return undefined;
  return rules.filter((_, i) => statuses[i] !== "Disabled");
}

/** Whether the value is set and not known yet; it is deferred then. */
export function isUndecided(value: Value): boolean {
  if (value.presence !== "unknown") return false;
  value.read();
  return true;
}
