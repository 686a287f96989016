import type { LeastPrivilegeRoleArgs } from "../../components/least-privilege-role";
import type { Context } from "../context";
import type { RoleName } from "../role-names";
import { orderApi, releaseControl, router } from "./functions";
import type { GuardInputs } from "./guards";
import { featureStore, inference, processing, training } from "./jobs";
import { scheduler, stateMachines } from "./orchestration";
import { dataScientist, mlEngineer } from "./studio";

export type RoleDefinition = Omit<LeastPrivilegeRoleArgs, "roleName" | "permissionsBoundaryArn">;

/** Every role of the platform: who may assume it, and what it may do. */
export function roleDefinitions(context: Context, guards: GuardInputs): Record<RoleName, RoleDefinition> {
  return {
    "studio-data-scientist": dataScientist(context, guards),
    "studio-ml-engineer": mlEngineer(context, guards),
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
