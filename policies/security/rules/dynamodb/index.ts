import type { Rule } from "../../../kit";
import { ddbCapacity } from "./ddb-capacity";
import { ddbCmk } from "./ddb-cmk";
import { ddbDeletionProtection } from "./ddb-deletion-protection";
import { ddbPitr } from "./ddb-pitr";

/** The rules about dynamodb, in alphabetical order. */
export const dynamodbRules: readonly Rule[] = [ddbCapacity, ddbCmk, ddbDeletionProtection, ddbPitr];
