import type { Api } from "./api";
import type { Containers } from "./containers";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import type { FeatureStore } from "./feature-store";
import type { Identity } from "./identity";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Notifications } from "./notifications";
import type { Operations } from "./operations";
import { OUTPUTS_VERSION, type SmartRetailOutputs } from "../contracts/outputs";
import type { Wired } from "./outputs";
import type { Pipelines } from "./pipelines";
import type { Registry } from "./registry";
import type { Serving } from "./serving";
import type { Studio } from "./studio";

export interface Slices {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
  readonly notifications: Notifications;
  readonly containers: Containers;
  readonly registry: Registry;
  readonly featureStore: FeatureStore;
  readonly studio: Studio;
  readonly serving: Serving;
  readonly api: Api;
  readonly pipelines: Pipelines;
  readonly operations: Operations;
}

/** The contract's values, taken from the slices. */
export function collectOutputs(context: Context, slices: Slices): Wired<SmartRetailOutputs> {
  const { keys, network, containers, studio, serving, api, notifications } = slices;
  return {
    contractVersion: OUTPUTS_VERSION,
    environment: context.settings.environment,
    accountId: context.accountId,
    region: context.region,
    network: {
      vpcId: network.vpcId,
      subnetIds: network.subnetIds,
      workloadSecurityGroupId: network.workloadSecurityGroupId,
    },
    keys: {
      dataLake: keys.dataLake.arn,
      featureStore: keys.featureStore.arn,
      operations: keys.operations.arn,
    },
    buckets: mapValues(slices.dataLake.buckets, ({ name }) => name),
    roles: mapValues(slices.identity.roles, ({ arn }) => arn),
    containers: {
      repositoryUrl: containers.repositoryUrl,
      processingImageUri: containers.processingImageUri,
    },
    modelPackageGroups: mapValues(slices.registry.groups, ({ name }) => name),
    featureGroups: slices.featureStore.groups,
    studio: { domainId: studio.domainId, domainUrl: studio.domainUrl },
    serving: {
      mode: serving.mode,
      endpoints: mapValues(serving.endpoints, ({ name, arn }) => ({ name, arn })),
      variantNames: serving.variantNames,
      modelPointers: serving.modelPointers,
    },
    api: { url: api.url, id: api.id, access: api.access },
    pipelines: slices.pipelines,
    notifications: { alerts: notifications.topicArn, modelEvents: notifications.modelEventsArn },
    dashboards: slices.operations.dashboardNames,
  };
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  convert: (value: From) => To,
): Record<Key, To> {
  return Object.fromEntries(
    Object.entries<From>(record).map(([key, value]) => [key, convert(value)]),
  ) as Record<Key, To>;
}
