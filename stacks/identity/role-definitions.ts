import type { Context } from "../context";
import type { RoleName } from "../../contracts/roles";
import { orderApi, router } from "./functions";
import type { Foundation } from "./guards";
import { experiment } from "./experiment";
import { featureStore, inference, processing, training } from "./jobs";
import { scheduler, stateMachines } from "./orchestration";
import { releaseControl } from "./release-control";
import type { RoleDefinition } from "./role-definition";

/** Every role of a job, function or service: who may assume it, and what it may do. */
export function roleDefinitions(context: Context, foundation: Foundation): Record<RoleName, RoleDefinition> {
  return {
    processing: processing(context, foundation),
    training: training(context, foundation),
    inference: inference(context, foundation),
    experiment: experiment(context, foundation),
    "feature-store": featureStore(context, foundation),
    "state-machines": stateMachines(context, foundation),
    scheduler: scheduler(context, foundation),
    router: router(context, foundation),
    "release-control": releaseControl(context, foundation),
    "order-api": orderApi(context, foundation),
  };
}
