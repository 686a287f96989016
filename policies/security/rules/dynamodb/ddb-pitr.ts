import type { ResourceRule } from "../../../kit";

export const ddbPitr: ResourceRule = {
  id: "ddb-pitr",
  title: "Tables can be restored to any second",
  severity: "medium",
  rationale: "A job that writes nonsense is undone in minutes and not rebuilt in days.",
  anchors: [
    "CKV_AWS_28",
    "DynamoDBPITREnabled",
    "DYNAMODB_PITR_ENABLED",
    "AWS-0024",
    "DynamoDB.2",
    "dynamodb-pitr-enabled",
    "dynamodb_tables_pitr_enabled",
    "dynamodb-in-backup-plan",
    "DynamoDBInBackupPlan",
    "KICS: DynamoDB Table Point In Time Recovery Disabled",
  ],
  guards: { "aws:dynamodb/table:Table": ["pointInTimeRecovery.enabled"] },
  remedy: "Set pointInTimeRecovery.enabled to true.",
  check: (table) =>
    table.require<boolean>("pointInTimeRecovery.enabled", (v) => v, "the table cannot be restored"),
  remediate: (properties) => {
    properties.pointInTimeRecovery = { enabled: true };
  },
};
