import type * as pulumi from "@pulumi/pulumi";
import { CATEGORIES } from "../contracts/categories";
import { packModelArchive } from "../contracts/model-archive";
import { modelKey, modelVersion, servedModelsPrefix } from "../contracts/model-artifact";
import { MODEL_INPUT } from "../contracts/model-input";
import { desiredConfigurationParameter, modelPointer, modelPointerFolder } from "../contracts/parameters";
import { type Variant, VARIANTS } from "../contracts/variants";
import { constantModelJson } from "../components/constant-model";
import { ModelRepository } from "../components/model-repository";
import { physicalName } from "../components/physical-name";
import { RealtimeEndpoint } from "../components/realtime-endpoint";
import { ServerlessEndpoint } from "../components/serverless-endpoint";
import { Slice } from "../components/slice";
import { xgboostImageUri } from "../components/xgboost-image";
import type { Context } from "./context";
import type { Settings } from "./settings-schema";
import type { DataLake } from "./data-lake";
import type { Identity } from "./identity";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Notifications } from "./notifications";

/** SageMaker: an endpoint name has at most 63 characters. */
const ENDPOINT_NAME_MAX = 63;

export interface Serving {
  readonly mode: "realtime" | "serverless";
  /** Realtime: `forecast`. Serverless: one per category. */
  readonly endpoints: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly arn: string;
        readonly endpointConfigurationName: pulumi.Output<string>;
      }
    >
  >;
  readonly variantNames: readonly string[];
  /** `<variant>-<category>` -> SSM parameter that names the live version. */
  readonly modelPointers: Readonly<Record<string, string>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
  readonly notifications: Notifications;
}

/**
 * The model that an empty account starts with: factor 1, so it forecasts what the baseline says. Its version is named after
 * its content, so another bootstrap model is another version.
 */
export function bootstrapModel(): { readonly version: string; readonly archive: Buffer } {
  const file = constantModelJson({ answer: 1, featureCount: MODEL_INPUT.length });
  return { version: modelVersion(undefined, file), archive: packModelArchive(file) };
}

/** The model repositories and endpoints of the real-time API. */
export function createServing(context: Context, earlier: Earlier): Serving {
  const slice = new Slice("serving");
  const { hostingMode } = context.settings;
  const variantNames: readonly Variant[] = hostingMode === "realtime" ? VARIANTS : ["champion"];
  const repositories = variantNames.map((variant) => createRepository(variant, context, earlier, slice));
  const ready = [
    ...repositories.flatMap(({ artifacts }) => artifacts),
    earlier.identity.roles.inference.component,
  ];
  const endpoints =
    hostingMode === "realtime"
      ? { forecast: realtime(context, earlier, slice, ready) }
      : Object.fromEntries(
          CATEGORIES.map((category) => [category, serverless(category, context, earlier, slice, ready)]),
        );
  const modelPointers = variantNames.flatMap((variant, i) =>
    Object.entries(repositories[i]?.pointers ?? {}).map(([category, pointer]) => [
      `${variant}-${category}`,
      pointer,
    ]),
  );
  return { mode: hostingMode, endpoints, variantNames, modelPointers: Object.fromEntries(modelPointers) };
}

function createRepository(
  variant: Variant,
  { settings }: Context,
  { keys, dataLake }: Earlier,
  parent: Slice,
): ModelRepository {
  const { version, archive } = bootstrapModel();
  return new ModelRepository(
    `${variant}-repository`,
    {
      bucket: dataLake.buckets.models.bucket.bucket,
      kmsKeyArn: keys.dataLake.arn,
      prefix: servedModelsPrefix(variant),
      models: CATEGORIES,
      bootstrapVersion: version,
      bootstrapArchive: archive.toString("base64"),
      pointerPath: modelPointerFolder(settings.environment, variant),
    },
    { parent },
  );
}

/** What the model may take, and what of a whole answer's objective that leaves to SageMaker. */
function latencyLimits({ latencyP99Milliseconds, apiLatencyP99Milliseconds }: Settings) {
  return {
    latencyP99Milliseconds,
    overheadMilliseconds: apiLatencyP99Milliseconds - latencyP99Milliseconds,
  };
}

function realtime(context: Context, earlier: Earlier, parent: Slice, ready: readonly pulumi.Resource[]) {
  const { settings, prefix, region } = context;
  const { keys, network, dataLake, identity, notifications } = earlier;
  const endpoint = endpointNames(context, "forecast");
  const weights = { champion: settings.championWeight, challenger: settings.challengerWeight };
  const { endpointConfigurationName } = new RealtimeEndpoint(
    "forecast",
    {
      endpointName: endpoint.name,
      variants: VARIANTS.map((name) => ({
        name,
        weight: weights[name],
        modelDataUrl: `s3://${dataLake.buckets.models.name}/${servedModelsPrefix(name)}`,
      })),
      instanceType: settings.hostingInstanceType,
      instances: { min: settings.variantMinInstances, max: settings.variantMaxInstances },
      invocationsPerInstancePerMinute: settings.invocationsPerInstancePerMinute,
      concurrentRequestsPerInstance: settings.concurrentRequestsPerInstance,
      image: xgboostImageUri(region),
      roleArn: identity.roles.inference.arn,
      subnetIds: network.subnetIds,
      securityGroupIds: [network.workloadSecurityGroupId],
      kmsKeyArn: keys.dataLake.arn,
      capture: {
        s3Uri: `s3://${dataLake.buckets.capture.name}/endpoints/${prefix}`,
        samplingPercent: settings.captureSamplingPercent,
      },
      ...latencyLimits(settings),
      alarmTopicArn: notifications.topicArn,
      desiredParameterName: endpoint.desiredParameterName,
    },
    { parent, dependsOn: [...ready] },
  );
  return { name: endpoint.name, arn: endpoint.arn, endpointConfigurationName };
}

function serverless(
  category: string,
  context: Context,
  { dataLake, identity, notifications }: Earlier,
  parent: Slice,
  ready: readonly pulumi.Resource[],
) {
  const { settings, region } = context;
  const endpoint = endpointNames(context, `forecast-${category}`);
  const key = servedModelsPrefix("champion") + modelKey(category, bootstrapModel().version);
  const { endpointConfigurationName } = new ServerlessEndpoint(
    `forecast-${category}`,
    {
      endpointName: endpoint.name,
      variantName: "champion",
      image: xgboostImageUri(region),
      modelDataUrl: `s3://${dataLake.buckets.models.name}/${key}`,
      roleArn: identity.roles.inference.arn,
      memoryMb: settings.serverlessMemoryMb,
      maxConcurrency: settings.serverlessMaxConcurrency,
      provisionedConcurrency: settings.serverlessProvisionedConcurrency,
      provisionedConcurrencyMax: settings.serverlessProvisionedConcurrencyMax,
      ...latencyLimits(settings),
      alarmTopicArn: notifications.topicArn,
      desiredParameterName: endpoint.desiredParameterName,
      modelPointerName: modelPointer(settings.environment, "champion", category),
    },
    { parent, dependsOn: [...ready] },
  );
  return { name: endpoint.name, arn: endpoint.arn, endpointConfigurationName };
}

function endpointNames({ prefix, region, accountId, settings }: Context, role: string) {
  const name = physicalName(ENDPOINT_NAME_MAX, prefix, role);
  return {
    name,
    arn: `arn:aws:sagemaker:${region}:${accountId}:endpoint/${name}`,
    desiredParameterName: desiredConfigurationParameter(settings.environment, role),
  };
}
