import type { ResourceRule } from "../../../kit";

export const ddbPitr: ResourceRule = {
  id: "ddb-pitr",
  title: "Tables can be restored to any second",
  severity: "medium",
  rationale: "A job that writes nonsense is undone in minutes and not rebuilt in days.",
  controls: [
    "CKV_AWS_28",
    "DynamoDB.2",
    "AWS-0024",
    "DynamoDBPITREnabled",
    "DynamoDBInBackupPlan",
    "guard:dynamodb_pitr_enabled",
    "guard:dynamodb_in_backup_plan",
    "guard:dynamodb_resources_protected_by_backup_plan",
  ],
  inspects: { "aws:dynamodb/table:Table": ["pointInTimeRecovery.enabled"] },
  remedy: "Set pointInTimeRecovery.enabled to true.",
  check: (table) =>
    table.require<boolean>("pointInTimeRecovery.enabled", (v) => v, "the table cannot be restored"),
  remediate: (properties) => {
    properties.pointInTimeRecovery = { enabled: true };
  },
};
