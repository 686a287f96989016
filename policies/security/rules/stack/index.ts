import type { Rule } from "../../../kit";
import { approvedRegion } from "./approved-region";
import { noPlaintextSecrets } from "./no-plaintext-secrets";
import { requiredTags } from "./required-tags";
import { smResourcesTagged } from "./sm-resources-tagged";
import { statefulProtected } from "./stateful-protected";

/** The rules about stack, in alphabetical order. */
export const stackRules: readonly Rule[] = [
  approvedRegion,
  noPlaintextSecrets,
  requiredTags,
  smResourcesTagged,
  statefulProtected,
];
