import type { ResourceRule } from "../../../kit";
import { CLUSTER_INSTANCE, INSTANCE } from "./databases";

export const rdsNotPublic: ResourceRule = {
  id: "rds-not-public",
  title: "No database has a public address",
  severity: "critical",
  rationale: "A database on the internet is one leaked or guessed password away from everybody.",
  controls: [
    "CKV_AWS_17",
    "RDS.2",
    "AWS-0180",
    "RDSInstancePublicAccess",
    "guard:rds_instance_public_access_check",
  ],
  inspects: { [INSTANCE]: ["publiclyAccessible"], [CLUSTER_INSTANCE]: ["publiclyAccessible"] },
  remedy: "Remove publiclyAccessible, and reach the database from inside the network.",
  check: (database) =>
    database.forbid<boolean>("publiclyAccessible", (v) => v, "the database has a public address"),
};
