import type * as iam from "@pulumi/aws/iam";
import { LeastPrivilegeRole } from "../components/least-privilege-role";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import { roleDefinitions, type RoleDefinition } from "./identity/role-definitions";
import type { Keys } from "./keys";
import type { Network } from "./network";
import { physicalRoleName, roleArn, ROLE_NAMES, type RoleName } from "./role-names";

export { roleArn, ROLE_NAMES, type RoleName } from "./role-names";

export interface PlatformRole {
  readonly name: string;
  readonly arn: string;
  readonly role: iam.Role;
  /** Done when every policy is attached: SageMaker checks the rights of a role while it makes what uses it. */
  readonly component: LeastPrivilegeRole;
}

export interface Identity {
  readonly roles: Readonly<Record<RoleName, PlatformRole>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
}

/** Who may do what: a role for every kind of job, function and person, each with the rights of its own task only. */
export function createIdentity(context: Context, earlier: Earlier): Identity {
  const slice = new Slice("identity");
  const definitions = roleDefinitions(context, earlier);
  const create = (name: RoleName, definition: RoleDefinition): PlatformRole => {
    const roleName = physicalRoleName(context, name);
    const component = new LeastPrivilegeRole(
      name,
      { ...definition, roleName, permissionsBoundaryArn: context.settings.permissionsBoundaryArn },
      { parent: slice },
    );
    return { name: roleName, arn: roleArn(context, name), role: component.role, component };
  };
  const roles = Object.fromEntries(
    ROLE_NAMES.map((name) => [name, create(name, definitions[name])]),
  ) as Record<RoleName, PlatformRole>;
  return { roles };
}
