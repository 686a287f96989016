import { physicalName } from "../components/physical-name";
import type { RoleName } from "../contracts/roles";
import type { ArnScope } from "./context";

/** IAM: a role name has at most 64 characters. */
const ROLE_NAME_MAX = 64;

export function physicalRoleName(context: Pick<ArnScope, "prefix">, name: RoleName): string {
  return physicalName(ROLE_NAME_MAX, context.prefix, name);
}

/** ARN of a role, known before the role exists. */
export function roleArn(context: Pick<ArnScope, "prefix" | "accountId">, name: RoleName): string {
  return `arn:aws:iam::${context.accountId}:role/${physicalRoleName(context, name)}`;
}

/**
 * Role of one Studio user.
 *
 * @throws Error for the name that the Studio domain's own role and group have
 */
export function personRoleName(context: Pick<ArnScope, "prefix">, profileName: string): string {
  if (profileName === "default") {
    throw new Error(
      'smartretail:studioUserProfiles names "default"; allowed: any other name, this one is the domain\'s own',
    );
  }
  return physicalName(ROLE_NAME_MAX, context.prefix, "studio", profileName);
}
