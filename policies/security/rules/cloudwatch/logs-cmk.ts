import type { ResourceRule } from "../../../kit";

export const logsCmk: ResourceRule = {
  id: "logs-cmk",
  title: "Log groups are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Logs repeat parts of requests, names and errors; only a key of ours can be revoked.",
  controls: [
    "CKV_AWS_158",
    "AWS-0017",
    "CloudWatchLogGroupEncrypted",
    "guard:cloudwatch_log_group_encrypted",
  ],
  inspects: { "aws:cloudwatch/logGroup:LogGroup": ["kmsKeyId"] },
  remedy: "Set kmsKeyId to a customer-managed key whose policy allows the logs service.",
  check: (group) => group.present("kmsKeyId", "the log has no key of ours"),
};
