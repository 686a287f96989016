import type { ResourceCheck, StackCheck, Value } from "../../../kit";
import { BUCKET_LIFECYCLE } from "../tokens";

/** The enabled lifecycle rules of a bucket, from all lifecycle configurations that name it. */
export function lifecycleRulesOf(stack: StackCheck, bucket: ResourceCheck): Value[] {
  return stack
    .referring(bucket, BUCKET_LIFECYCLE, "bucket")
    .flatMap((configuration) => configuration.at("rules").items())
    .filter((rule) => rule.at("status").read<string>("Enabled") !== "Disabled");
}
