import type { Rule } from "../../../kit";
import { kmsDeletionWindow } from "./kms-deletion-window";
import { kmsDescribed } from "./kms-described";
import { kmsEnabled } from "./kms-enabled";
import { kmsNoLockout } from "./kms-no-lockout";
import { kmsNoWildcardPrincipal } from "./kms-no-wildcard-principal";
import { kmsPolicyExplicit } from "./kms-policy-explicit";
import { kmsRotation } from "./kms-rotation";
import { kmsServiceScoped } from "./kms-service-scoped";
import { kmsSingleRegion } from "./kms-single-region";

/** The rules about kms, in alphabetical order. */
export const kmsRules: readonly Rule[] = [
  kmsDeletionWindow,
  kmsDescribed,
  kmsEnabled,
  kmsNoLockout,
  kmsNoWildcardPrincipal,
  kmsPolicyExplicit,
  kmsRotation,
  kmsServiceScoped,
  kmsSingleRegion,
];
