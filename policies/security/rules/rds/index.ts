import type { Rule } from "../../../kit";
import { rdsBackups } from "./rds-backups";
import { rdsEncrypted } from "./rds-encrypted";
import { rdsNotPublic } from "./rds-not-public";

/** The rules about relational databases. */
export const rdsRules: readonly Rule[] = [rdsBackups, rdsEncrypted, rdsNotPublic];
