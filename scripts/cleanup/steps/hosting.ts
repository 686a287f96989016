import {
  DeregisterScalableTargetCommand,
  paginateDescribeScalableTargets,
  type ApplicationAutoScalingClient,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import {
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Hosted, HostingInventory } from "../../../runtime/endpoints/hosting-inventory";
import { isGeneratedFrom } from "../../../runtime/endpoints/prune";
import { cleanupStep, type Remnant } from "../cleanup-step";
import { isOurs, type CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { instancesUsd } from "../prices";

interface Target extends Remnant {
  readonly target: ScalableTarget;
}

/** Scaling targets of the endpoints' variants; they would stay, and act on the next endpoint of the same name. */
export function scalingTargetsStep(client: ApplicationAutoScalingClient, { endpointNames }: CleanupScope) {
  return cleanupStep<Target>({
    kind: "scaling targets",
    isWaitedFor: false,
    find: async () => {
      const found: Target[] = [];
      const query = { ServiceNamespace: "sagemaker" } as const;
      for await (const { ScalableTargets = [] } of paginateDescribeScalableTargets({ client }, query)) {
        for (const target of ScalableTargets) {
          const [, endpointName = ""] = target.ResourceId?.split("/") ?? [];
          if (!endpointNames.includes(endpointName)) continue;
          const detail = `${target.MinCapacity} to ${target.MaxCapacity} of ${target.ScalableDimension}`;
          found.push({
            name: `${target.ResourceId} ${target.ScalableDimension}`,
            detail,
            target,
            monthlyUsd: 0,
          });
        }
      }
      return found;
    },
    remove: async ({ target: { ServiceNamespace, ResourceId, ScalableDimension } }) => {
      const command = { ServiceNamespace, ResourceId, ScalableDimension };
      await unlessGone(client.send(new DeregisterScalableTargetCommand(command)));
    },
  });
}

/** The endpoints themselves: what an environment costs while nobody looks. */
export function endpointsStep(client: SageMakerClient, { endpointNames }: CleanupScope) {
  return cleanupStep({
    kind: "endpoints",
    isWaitedFor: true,
    find: async () => {
      const found: Remnant[] = [];
      for (const EndpointName of endpointNames) {
        const endpoint = await unlessGone(client.send(new DescribeEndpointCommand({ EndpointName })));
        if (endpoint === undefined) continue;
        const { EndpointStatus = "", EndpointConfigName } = endpoint;
        const monthlyUsd = await endpointUsd(client, EndpointConfigName, endpoint.ProductionVariants ?? []);
        found.push({
          name: EndpointName,
          detail: EndpointStatus,
          ...(monthlyUsd === undefined ? {} : { monthlyUsd }),
          isLeaving: EndpointStatus === "Deleting",
        });
      }
      return found;
    },
    remove: async ({ name }) =>
      void (await unlessGone(client.send(new DeleteEndpointCommand({ EndpointName: name })))),
  });
}

/** Undefined where a variant is serverless: that is billed by use. */
async function endpointUsd(
  client: SageMakerClient,
  EndpointConfigName: string | undefined,
  running: readonly { readonly VariantName?: string; readonly CurrentInstanceCount?: number }[],
): Promise<number | undefined> {
  const configuration = await unlessGone(
    client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })),
  );
  const counts = new Map(running.map((variant) => [variant.VariantName, variant.CurrentInstanceCount]));
  let sum = 0;
  for (const { VariantName, InstanceType, InitialInstanceCount = 0 } of configuration?.ProductionVariants ??
    []) {
    const usd = InstanceType && instancesUsd(InstanceType, counts.get(VariantName) ?? InitialInstanceCount);
    if (typeof usd !== "number") return undefined;
    sum += usd;
  }
  return sum;
}

/**
 * Endpoint configurations, with those that Pulumi's replacements and rollouts have kept. All are named, also before their
 * endpoints are gone; one that an endpoint still runs on stays: SageMaker would delete it under the live endpoint.
 */
export function configurationsStep(inventory: HostingInventory, scope: CleanupScope) {
  return cleanupStep({
    kind: "endpoint configurations",
    isWaitedFor: false,
    find: async () => (await ourConfigurations(inventory, scope)).map(retained),
    remove: async ({ name }) => {
      if ((await inventory.usedConfigurations()).includes(name)) throw new Error("an endpoint runs on it");
      await inventory.deleteConfiguration(name);
    },
  });
}

/**
 * Models of the program and of rollouts, and those that a night makes for one transform and leaves behind when it is
 * stopped: no state deletes them then. One that a configuration still names stays.
 */
export function modelsStep(inventory: HostingInventory, scope: CleanupScope) {
  let named: ReadonlySet<string> | undefined;
  return cleanupStep({
    kind: "models",
    isWaitedFor: false,
    find: async () => {
      named = undefined;
      const ours = new Set((await ourConfigurations(inventory, scope)).map(({ name }) => name));
      const byOthers = await modelsNamed(inventory, (configuration) => !ours.has(configuration));
      const models = await oursOf(inventory, await inventory.models(), scope.modelNames, scope);
      return models.filter(({ name }) => !byOthers.has(name)).map(retained);
    },
    remove: async ({ name }) => {
      // SageMaker deletes one under a configuration without a word; what is left of them was settled a step before.
      named ??= await modelsNamed(inventory, () => true);
      if (named.has(name)) throw new Error("an endpoint configuration names it");
      await inventory.deleteModel(name);
    },
  });
}

async function ourConfigurations(inventory: HostingInventory, scope: CleanupScope): Promise<Hosted[]> {
  return oursOf(inventory, await inventory.configurations(), scope.configurationNames, scope);
}

/** What has a name of the program's or of the run time's, and our tags. */
async function oursOf(
  inventory: HostingInventory,
  things: readonly Hosted[],
  names: readonly string[],
  scope: CleanupScope,
): Promise<Hosted[]> {
  const ours: Hosted[] = [];
  for (const thing of things) {
    const { name, arn } = thing;
    const isLikely =
      name.startsWith(`${scope.prefix}-`) || names.some((given) => isGeneratedFrom(name, given));
    if (isLikely && isOurs(await inventory.tagsOf(arn), scope)) ours.push(thing);
  }
  return ours;
}

/** Models that the account's configurations name. */
async function modelsNamed(
  inventory: HostingInventory,
  isAsked: (configuration: string) => boolean,
): Promise<Set<string>> {
  const named = new Set<string>();
  for (const { name } of await inventory.configurations()) {
    if (!isAsked(name)) continue;
    for (const model of await inventory.modelsOf(name)) named.add(model);
  }
  return named;
}

const retained = ({ name }: Hosted): Remnant => ({ name, detail: "", monthlyUsd: 0 });
