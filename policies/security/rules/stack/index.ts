import type { Rule } from "../../../kit";
import { approvedRegion } from "./approved-region";
import { noPlaintextSecrets } from "./no-plaintext-secrets";
import { ssmSecureString } from "./ssm-secure-string";
import { statefulProtected } from "./stateful-protected";
import { requiredTags, smResourcesTagged } from "./tags";

/** The rules about stack, in alphabetical order. */
export const stackRules: readonly Rule[] = [
  approvedRegion,
  noPlaintextSecrets,
  requiredTags,
  smResourcesTagged,
  ssmSecureString,
  statefulProtected,
];
