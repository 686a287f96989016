import type { LeastPrivilegeRoleArgs } from "../../components/least-privilege-role";

/** A role before the platform gives it its name and boundary: who may assume it, and what it may do. */
export type RoleDefinition = Omit<
  LeastPrivilegeRoleArgs,
  "roleName" | "permissionsBoundaryArn" | "sharedPolicies"
>;
