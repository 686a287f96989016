import type { Recording } from "../../preview/recorded-resource";
import { PlanError } from "../../preview/plan-error";
import type { EndpointControl } from "../../runtime/endpoints/endpoint-control";
import type { HostingInventory } from "../../runtime/endpoints/hosting-inventory";
import { planPrune, prune, type PrunePlan } from "../../runtime/endpoints/prune";
import { endpointsOfPlan } from "./endpoints-of-plan";

export interface PruneOptions {
  readonly control: EndpointControl;
  readonly inventory: HostingInventory;
  readonly keep: number;
  readonly isDryRun: boolean;
}

/** Tags that prove whose a model or a configuration is. */
const OWNER_TAGS = ["Project", "Environment"] as const;

/** Cleans up what rollouts of a stack have left behind: names and tags are those of its plan. */
export async function pruneStack(recording: Recording, options: PruneOptions): Promise<PrunePlan> {
  const { control, inventory, keep, isDryRun } = options;
  const ofType = (type: string) => recording.resources.filter((resource) => resource.type === type);
  const configurations = ofType("aws:sagemaker/endpointConfiguration:EndpointConfiguration");
  const desired: string[] = [];
  for (const { desiredParameter } of endpointsOfPlan(recording)) {
    desired.push((await control.readDesired(desiredParameter)).configurationName);
  }
  const plan = await planPrune(inventory, {
    configurationNames: configurations.map(({ name }) => name),
    modelNames: ofType("aws:sagemaker/model:Model").map(({ name }) => name),
    tags: ownerTags(configurations[0]?.inputs.tags),
    desired,
    keep,
  });
  return isDryRun ? plan : prune(inventory, plan);
}

function ownerTags(tags: unknown): Record<string, string> {
  const given = (tags ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    OWNER_TAGS.map((key) => {
      const value = given[key];
      if (typeof value !== "string" || value === "") {
        throw new PlanError(
          `the plan's endpoint configurations have no tag ${key}; nothing is provably ours`,
        );
      }
      return [key, value];
    }),
  );
}
