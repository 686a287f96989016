import type { ResourceRule } from "../../../kit";

export const ddbDeletionProtection: ResourceRule = {
  id: "ddb-deletion-protection",
  title: "Tables cannot be deleted by mistake",
  severity: "medium",
  rationale: "A changed key schema replaces the table with an empty one.",
  controls: ["DynamoDB.6"],
  inspects: { "aws:dynamodb/table:Table": ["deletionProtectionEnabled"] },
  remedy: "Set deletionProtectionEnabled to true.",
  check: (table) => table.require<boolean>("deletionProtectionEnabled", (v) => v, "the table can be deleted"),
  remediate: (properties) => {
    properties.deletionProtectionEnabled = true;
  },
};
