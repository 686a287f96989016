import type { ResourceRule } from "../../../kit";
import { CLUSTER, INSTANCE } from "./databases";

export const rdsBackups: ResourceRule = {
  id: "rds-backups",
  title: "Databases are backed up",
  severity: "high",
  rationale:
    "An instance has no automatic backup unless it is asked for, and then no way back from a wrong statement.",
  controls: [
    "CKV_AWS_133",
    "RDS.11",
    "AWS-0077",
    "RDSInstanceBackupEnabled",
    "guard:db_instance_backup_enabled",
  ],
  inspects: {
    [INSTANCE]: ["backupRetentionPeriod", "replicateSourceDb"],
    [CLUSTER]: ["backupRetentionPeriod"],
  },
  remedy: "Set backupRetentionPeriod to the days that you must be able to go back.",
  options: {
    minimumDays: {
      type: "integer",
      minimum: 1,
      maximum: 35,
      description: "Days that backups must be kept at least.",
      default: 1,
    },
  },
  check: (database) => {
    if (database.at("replicateSourceDb").isSet) return;
    const minimum = database.option<number>("minimumDays");
    const days = database.at("backupRetentionPeriod");
    // Clusters keep one day by themselves, instances none.
    const kept = days.read<number>(database.type === CLUSTER ? 1 : 0);
    if (kept !== undefined && kept < minimum) days.fail(`backups are kept for ${kept} days, not ${minimum}`);
  },
};
