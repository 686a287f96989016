import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentity } from "@pulumi/aws";
import { tagEverything } from "./components/tag-everything";
import { collectOutputs } from "./stacks/collect-outputs";
import { createApi } from "./stacks/api";
import { createContainers } from "./stacks/containers";
import { costTags, namePrefix, type Context } from "./stacks/context";
import { checkDeploymentTarget } from "./stacks/deployment-target";
import { createDataLake } from "./stacks/data-lake";
import { createExperiments } from "./stacks/experiments";
import { createFeatureStore } from "./stacks/feature-store";
import { functionCode, releaseCode } from "./stacks/function-code";
import { createIdentity } from "./stacks/identity";
import { createKeys } from "./stacks/keys";
import { createNetwork } from "./stacks/network";
import { createNotifications } from "./stacks/notifications";
import { createOperations } from "./stacks/operations";
import { publishOutputs } from "./stacks/outputs";
import { createPipelines } from "./stacks/pipelines";
import { createRegistry } from "./stacks/registry";
import { createRelease } from "./stacks/release";
import { createServing } from "./stacks/serving";
import { loadSettings } from "./stacks/settings";
import { createStudio } from "./stacks/studio";

/** The whole platform of one environment, slice by slice; what it returns are the stack's outputs. */
async function program(): Promise<Record<string, unknown>> {
  const settings = loadSettings();
  const { accountId, arn: callerArn } = await getCallerIdentity({});
  checkDeploymentTarget({ settings, accountId, callerArn, isPreview: pulumi.runtime.isDryRun() });
  const context: Context = {
    settings,
    accountId,
    region: settings.region,
    prefix: namePrefix(settings),
  };
  const code = await functionCode();
  const codeOfRelease = await releaseCode(settings);
  tagEverything(costTags(settings));

  const keys = createKeys(context);
  const network = createNetwork(context, { keys });
  const dataLake = createDataLake(context, { keys, network });
  const identity = createIdentity(context, { keys, network, dataLake });
  const notifications = createNotifications(context, { keys });
  const containers = createContainers(context, { keys });
  const registry = createRegistry(context);
  createExperiments(context, { keys });
  const featureStore = createFeatureStore(context, { keys, dataLake, identity });
  const studio = createStudio(context, { keys, network, dataLake, identity });
  const serving = createServing(context, { keys, network, dataLake, identity, notifications });
  const api = createApi(
    context,
    { keys, network, dataLake, identity, notifications, featureStore, serving },
    code,
  );
  const pipelines = createPipelines(context, { keys, network, identity, notifications, containers });
  const release = createRelease(
    context,
    { keys, network, dataLake, identity, notifications, serving },
    codeOfRelease,
  );
  const operations = createOperations(context, { keys, notifications, serving, release });

  const slices = {
    keys,
    network,
    dataLake,
    identity,
    notifications,
    containers,
    registry,
    featureStore,
    studio,
    serving,
    api,
    pipelines,
    operations,
  };
  return { ...publishOutputs(context, collectOutputs(context, slices)) };
}

export = program;
