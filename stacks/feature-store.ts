import {
  EVENT_TIME,
  FEATURE_GROUPS,
  type FeatureGroupName,
  type FeatureGroupSchema,
} from "../contracts/feature-groups";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import { VersionedFeatureGroup } from "../components/versioned-feature-group";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import type { Identity } from "./identity";
import type { Keys } from "./keys";

/** SageMaker: a feature group name has at most 64 characters. */
const GROUP_NAME_MAX = 64;
/** SageMaker makes at most four feature groups of an account at the same time and rejects the fifth. */
const CREATIONS_AT_ONCE = 4;

interface FeatureGroupHandle {
  readonly name: string;
  readonly arn: string;
  readonly recordIdentifier: string;
  readonly eventTime: string;
}

export interface FeatureStore {
  readonly groups: Readonly<Record<FeatureGroupName, FeatureGroupHandle>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly dataLake: DataLake;
  readonly identity: Identity;
}

/**
 * The feature store: one versioned group per subject, online for apps and offline for training.
 *
 * Both stores take the feature store's own key, which has no kms:ViaService condition: CreateFeatureGroup fails on an
 * offline store whose key has one, and the data lake's key does.
 */
export function createFeatureStore(context: Context, earlier: Earlier): FeatureStore {
  const slice = new Slice("feature-store");
  const { region, accountId } = context;
  const made: VersionedFeatureGroup[] = [];
  const groups = FEATURE_GROUPS.map((schema) => {
    made.push(createGroup(schema, context, earlier, { slice, after: made.at(-CREATIONS_AT_ONCE) }));
    const name = groupName(context, schema);
    const handle = {
      name,
      arn: `arn:aws:sagemaker:${region}:${accountId}:feature-group/${name}`,
      recordIdentifier: schema.recordIdentifier.name,
      eventTime: EVENT_TIME.name,
    };
    return [schema.name, handle] as const;
  });
  return { groups: Object.fromEntries(groups) as FeatureStore["groups"] };
}

function groupName({ prefix }: Context, { name, version }: FeatureGroupSchema): string {
  return physicalName(GROUP_NAME_MAX, prefix, name, `v${version}`);
}

/** @param order `after` is the group that has to be made before this one; undefined for the first ones */
function createGroup(
  schema: FeatureGroupSchema,
  context: Context,
  { keys, dataLake, identity }: Earlier,
  { slice, after }: { slice: Slice; after: VersionedFeatureGroup | undefined },
): VersionedFeatureGroup {
  const { settings } = context;
  const writer = identity.roles["feature-store"];
  const { bucket, name: bucketName } = dataLake.buckets.features;
  return new VersionedFeatureGroup(
    schema.name,
    {
      groupName: groupName(context, schema),
      description: schema.description,
      columns: [schema.recordIdentifier, EVENT_TIME, ...schema.columns],
      recordIdentifier: schema.recordIdentifier.name,
      eventTime: EVENT_TIME.name,
      roleArn: writer.arn,
      onlineKmsKeyArn: keys.featureStore.arn,
      offlineKmsKeyArn: keys.featureStore.arn,
      offlineS3Uri: `s3://${bucketName}/offline/`,
      onlineTtlDays: settings.featureTtlDays,
    },
    {
      parent: slice,
      protect: settings.protectData,
      // The role's ARN and the bucket's name are plain values, so the order has to be said.
      dependsOn: [writer.component, bucket, ...(after === undefined ? [] : [after.group])],
    },
  );
}
