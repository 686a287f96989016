import type * as pulumi from "@pulumi/pulumi";
import { constantModelArchive } from "../components/constant-model";
import { artifactKey, ModelRepository } from "../components/model-repository";
import { physicalName } from "../components/physical-name";
import { RealtimeEndpoint } from "../components/realtime-endpoint";
import { ServerlessEndpoint } from "../components/serverless-endpoint";
import { Slice } from "../components/slice";
import { xgboostImageUri } from "../components/xgboost-image";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import type { Identity } from "./identity";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Notifications } from "./notifications";
import { CATEGORIES } from "../contracts/categories";

/** SageMaker: an endpoint name has at most 63 characters. */
const ENDPOINT_NAME_MAX = 63;

/** Width of a model's input row; a test compares it with forecasting/features. */
export const MODEL_FEATURE_COUNT = 31;

/**
 * The model that an empty account starts with: one unit a day, whatever is asked. Real models follow from the first
 * training on. Artifacts never change, so another bootstrap model needs another version.
 */
export const BOOTSTRAP_MODEL = { version: "v0-bootstrap", prediction: 1 } as const;

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
  /** SSM parameters, `<variant>-<category>`: the version that is live. */
  readonly modelPointers: Readonly<Record<string, string>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
  readonly notifications: Notifications;
}

/** S3 folder of a variant's artifacts in the models bucket. */
export function servedModelsPrefix(variantName: string): string {
  return `mme/${variantName}/`;
}

/** SSM folder of a variant's pointers; below it one parameter per category. */
function pointerPath(environment: string, variantName: string): string {
  return `/smartretail/${environment}/models/${variantName}/`;
}

/** Where the real-time API's models live and run. */
export function createServing(context: Context, earlier: Earlier): Serving {
  const slice = new Slice("serving");
  const { hostingMode } = context.settings;
  const variantNames = hostingMode === "realtime" ? ["champion", "challenger"] : ["champion"];
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
  variant: string,
  { settings }: Context,
  { keys, dataLake }: Earlier,
  parent: Slice,
): ModelRepository {
  const archive = constantModelArchive({
    prediction: BOOTSTRAP_MODEL.prediction,
    featureCount: MODEL_FEATURE_COUNT,
  });
  return new ModelRepository(
    `${variant}-repository`,
    {
      bucket: dataLake.buckets.models.bucket.bucket,
      kmsKeyArn: keys.dataLake.arn,
      prefix: servedModelsPrefix(variant),
      models: CATEGORIES,
      bootstrapVersion: BOOTSTRAP_MODEL.version,
      bootstrapArchive: archive.toString("base64"),
      pointerPath: pointerPath(settings.environment, variant),
    },
    { parent },
  );
}

function realtime(context: Context, earlier: Earlier, parent: Slice, ready: readonly pulumi.Resource[]) {
  const { settings, prefix, region } = context;
  const { keys, network, dataLake, identity, notifications } = earlier;
  const endpoint = endpointNames(context, "forecast");
  const variants = [
    { name: "champion", weight: settings.championWeight },
    { name: "challenger", weight: settings.challengerWeight },
  ];
  const { endpointConfigurationName } = new RealtimeEndpoint(
    "forecast",
    {
      endpointName: endpoint.name,
      variants: variants.map((variant) => ({
        ...variant,
        modelDataUrl: `s3://${dataLake.buckets.models.name}/${servedModelsPrefix(variant.name)}`,
      })),
      instanceType: settings.hostingInstanceType,
      instances: { min: settings.variantMinInstances, max: settings.variantMaxInstances },
      invocationsPerInstancePerMinute: settings.invocationsPerInstancePerMinute,
      image: xgboostImageUri(region),
      roleArn: identity.roles.inference.arn,
      subnetIds: network.subnetIds,
      securityGroupIds: [network.workloadSecurityGroupId],
      kmsKeyArn: keys.dataLake.arn,
      capture: {
        s3Uri: `s3://${dataLake.buckets.capture.name}/endpoints/${prefix}`,
        samplingPercent: settings.captureSamplingPercent,
      },
      latencyP99Milliseconds: settings.latencyP99Milliseconds,
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
  const key = servedModelsPrefix("champion") + artifactKey(category, BOOTSTRAP_MODEL.version);
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
      latencyP99Milliseconds: settings.latencyP99Milliseconds,
      alarmTopicArn: notifications.topicArn,
      desiredParameterName: endpoint.desiredParameterName,
      modelPointerName: pointerPath(settings.environment, "champion") + category,
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
    desiredParameterName: `/smartretail/${settings.environment}/endpoints/${role}/desired`,
  };
}
