import type { LeastPrivilegeRoleArgs } from "../../components/least-privilege-role";
import type { Context } from "../context";
import type { RoleName } from "../role-names";
import { orderApi, releaseControl, router } from "./functions";
import type { GuardInputs } from "./guards";
import { featureStore, inference, processing, training } from "./jobs";
import { scheduler, stateMachines } from "./orchestration";

export type RoleDefinition = Omit<
  LeastPrivilegeRoleArgs,
  "roleName" | "permissionsBoundaryArn" | "sharedPolicies"
>;

/** Every role of a job, function or service: who may assume it, and what it may do. */
export function roleDefinitions(context: Context, guards: GuardInputs): Record<RoleName, RoleDefinition> {
  return {
    processing: processing(context),
    training: training(context),
    inference: inference(context),
    "feature-store": featureStore(context),
    "state-machines": stateMachines(context, guards),
    scheduler: scheduler(context),
    router: router(context),
    "release-control": releaseControl(context),
    "order-api": orderApi(context),
  };
}
