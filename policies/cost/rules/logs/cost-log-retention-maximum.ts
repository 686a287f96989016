import type { ResourceRule } from "../../../kit";
import { LOG_GROUP } from "../tokens";

/** What the remediation sets: CloudWatch keeps logs for fixed periods only, this is one of them. */
const SAFE_DAYS = 365;

export const costLogRetentionMaximum: ResourceRule = {
  id: "cost-log-retention-maximum",
  title: "Log groups forget after a while",
  severity: "medium",
  rationale:
    "CloudWatch keeps logs for ever unless told otherwise; the security pack has the floor, this rule the cap.",
  remedy: "Set retentionInDays to a period within the environment's limit.",
  controls: ["CKV_AWS_66", "cloudwatch-retention", "cloudwatch_log_group_retention_disabled"],
  inspects: { [LOG_GROUP]: ["retentionInDays"] },
  options: {
    maximumDays: {
      type: "integer",
      minimum: 1,
      description: "Longest retention in days. Keep it at or above the security pack's floor.",
      default: 400,
    },
  },
  check: (group) =>
    group.require<number>(
      "retentionInDays",
      (days) => days > 0 && days <= group.option<number>("maximumDays"),
      `logs are kept for more than ${group.option<number>("maximumDays")} days (0 and unset mean for ever)`,
    ),
  // A shorter period deletes logs: only a missing one is set.
  remediate: (properties) => {
    if (!("retentionInDays" in properties)) properties.retentionInDays = SAFE_DAYS;
  },
};
