import type { ResourceRule } from "../../../kit";

export const logsRetentionWindow: ResourceRule = {
  id: "logs-retention-window",
  title: "Logs are kept long enough",
  severity: "medium",
  rationale:
    "An incident is often found weeks later. The upper bound belongs to the cost rules; the window must not be empty.",
  controls: [
    "CKV_AWS_66",
    "CKV_AWS_338",
    "CloudWatch.16",
    "CloudWatchLogGroupRetentionPeriod",
    "guard:cw_loggroup_retention_period_check",
  ],
  inspects: { "aws:cloudwatch/logGroup:LogGroup": ["retentionInDays"] },
  remedy: "Set retentionInDays within the environment's window.",
  options: {
    minimumDays: {
      type: "integer",
      description:
        "Shortest retention, in days: 365 is what Security Hub asks for, fewer is usual where nothing real runs.",
      default: 365,
      minimum: 1,
    },
  },
  check: (group) => {
    const minimum = group.option<number>("minimumDays");
    // Zero means for ever: long enough, and rejected by the cost rules.
    group.require<number>(
      "retentionInDays",
      (v) => v === 0 || v >= minimum,
      `the log is gone before ${minimum} days`,
    );
  },
};
