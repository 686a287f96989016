import type { ResourceRule } from "../../../kit";
import { CLUSTER, INSTANCE } from "./databases";

/** A database that is made from another one takes over its encryption; these properties name the other one. */
const ORIGINS: Readonly<Record<string, readonly string[]>> = {
  [INSTANCE]: ["replicateSourceDb", "restoreToPointInTime", "snapshotIdentifier"],
  [CLUSTER]: ["replicationSourceIdentifier", "restoreToPointInTime", "snapshotIdentifier"],
};

export const rdsEncrypted: ResourceRule = {
  id: "rds-encrypted",
  title: "Databases are encrypted at rest",
  severity: "high",
  rationale:
    "Without storageEncrypted neither the disk nor any snapshot is encrypted, and it cannot be changed later.",
  controls: [
    "CKV_AWS_16",
    "CKV_AWS_96",
    "RDS.3",
    "AWS-0079",
    "AWS-0080",
    "RDSStorageEncrypted",
    "guard:rds_storage_encrypted",
  ],
  inspects: Object.fromEntries(
    Object.entries(ORIGINS).map(([type, origins]) => [type, ["storageEncrypted", ...origins]]),
  ),
  remedy: "Set storageEncrypted to true (an existing database must be restored from an encrypted copy).",
  check: (database) => {
    if (ORIGINS[database.type]?.some((property) => database.at(property).isSet)) return;
    database.require<boolean>(
      "storageEncrypted",
      (v) => v,
      "the database and its snapshots are not encrypted",
    );
  },
};
