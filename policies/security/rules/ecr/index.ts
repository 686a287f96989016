import type { Rule } from "../../../kit";
import { ecrCmk } from "./ecr-cmk";
import { ecrImmutable } from "./ecr-immutable";
import { ecrPolicyClosed } from "../iam/resource-policies";
import { ecrScan } from "./ecr-scan";

/** The rules about ecr, in alphabetical order. */
export const ecrRules: readonly Rule[] = [ecrCmk, ecrImmutable, ecrPolicyClosed, ecrScan];
