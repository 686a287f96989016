import type { Recording } from "../../preview/recorded-resource";
import type { EndpointControl } from "../../runtime/endpoints/endpoint-control";
import type { HostingInventory } from "../../runtime/endpoints/hosting-inventory";
import { planPrune, prune, type PrunePlan } from "../../runtime/endpoints/prune";
import { endpointsOfPlan } from "./endpoints-of-plan";
import { ownerTags } from "./owner-tags";

export interface PruneOptions {
  readonly control: EndpointControl;
  readonly inventory: HostingInventory;
  readonly keep: number;
  readonly isDryRun: boolean;
}

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
    tags: ownerTags(configurations[0]?.inputs.tags, "endpoint configurations"),
    desired,
    keep,
  });
  return isDryRun ? plan : prune(inventory, plan);
}
