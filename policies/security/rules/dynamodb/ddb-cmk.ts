import type { ResourceRule } from "../../../kit";

export const ddbCmk: ResourceRule = {
  id: "ddb-cmk",
  title: "Tables are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Only a key of ours can be audited, restricted and revoked.",
  controls: [
    "CKV_AWS_119",
    "AWS-0025",
    "guard:dynamodb_table_encrypted_kms",
    "guard:dynamodb_table_must_be_encrypted",
  ],
  inspects: {
    "aws:dynamodb/table:Table": ["serverSideEncryption.enabled", "serverSideEncryption.kmsKeyArn"],
  },
  remedy: "Set serverSideEncryption to { enabled: true, kmsKeyArn: … }.",
  check: (table) => {
    table.require<boolean>("serverSideEncryption.enabled", (v) => v, "the table has no key of ours");
    table.present("serverSideEncryption.kmsKeyArn", "the table has no key of ours");
  },
};
