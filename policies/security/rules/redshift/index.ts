import type { Rule } from "../../../kit";
import { redshiftEncrypted } from "./redshift-encrypted";
import { redshiftLogging } from "./redshift-logging";
import { redshiftNotPublic } from "./redshift-not-public";

/** The rules about warehouses. */
export const redshiftRules: readonly Rule[] = [redshiftEncrypted, redshiftLogging, redshiftNotPublic];
