import type { LeastPrivilegeRoleArgs } from "../../components/least-privilege-role";
import type { Context } from "../context";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { RoleName } from "../role-names";
import { lambdaTrust, sagemakerTrust, schedulerTrust, stateMachineTrust } from "./trust";

export type RoleDefinition = Omit<LeastPrivilegeRoleArgs, "roleName" | "permissionsBoundaryArn">;

export interface GuardInputs {
  readonly keys: Keys;
  readonly network: Network;
}

/** Every role of the platform: who may assume it, and what it may do. */
export function roleDefinitions(context: Context, _guards: GuardInputs): Record<RoleName, RoleDefinition> {
  return {
    "studio-data-scientist": {
      description: "Data scientists in Studio",
      trust: { ...sagemakerTrust(context), sourceIdentity: true },
      policies: {},
    },
    "studio-ml-engineer": {
      description: "ML engineers in Studio",
      trust: { ...sagemakerTrust(context), sourceIdentity: true },
      policies: {},
    },
    processing: { description: "Processing jobs", trust: sagemakerTrust(context), policies: {} },
    training: { description: "Training jobs", trust: sagemakerTrust(context), policies: {} },
    inference: { description: "Models", trust: sagemakerTrust(context), policies: {} },
    "feature-store": { description: "Feature groups", trust: sagemakerTrust(context), policies: {} },
    "state-machines": { description: "State machines", trust: stateMachineTrust(context), policies: {} },
    scheduler: { description: "Schedules", trust: schedulerTrust(context), policies: {} },
    router: { description: "Forecast router", trust: lambdaTrust(context), policies: {} },
    "release-control": { description: "Release control", trust: lambdaTrust(context), policies: {} },
    "order-api": { description: "Order API", trust: lambdaTrust(context), policies: {} },
  };
}
