import type { ResourceRule } from "../../../kit";
import { CLUSTER } from "./clusters";

export const redshiftEncrypted: ResourceRule = {
  id: "redshift-encrypted",
  title: "Warehouses are encrypted at rest",
  severity: "high",
  rationale:
    "Redshift encrypts new clusters by itself since January 2025; encrypted: false undoes it for the snapshots, too.",
  controls: ["CKV_AWS_64", "Redshift.10", "AWS-0084", "RedshiftClusterEncryptionAtRest"],
  inspects: { [CLUSTER]: ["encrypted"] },
  remedy: "Set encrypted to true.",
  check: (cluster) =>
    cluster.forbid<boolean | string>(
      "encrypted",
      (v) => String(v) === "false",
      "the warehouse is not encrypted",
    ),
};
