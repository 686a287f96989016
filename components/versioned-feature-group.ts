import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import type { FeatureColumn } from "../contracts/feature-groups";

export interface VersionedFeatureGroupArgs {
  /** Physical name; its end says the version: `…-v1`. At most 64 characters. */
  readonly groupName: string;
  readonly description: string;
  /** All columns, the identifier and the event time included. */
  readonly columns: readonly FeatureColumn[];
  readonly recordIdentifier: string;
  /** A String column (ISO 8601, UTC): Iceberg takes no other. */
  readonly eventTime: string;
  /** Role that SageMaker takes to write the offline store. */
  readonly roleArn: pulumi.Input<string>;
  /** Key of the online store; its policy may be limited by kms:ViaService. */
  readonly onlineKmsKeyArn: pulumi.Input<string>;
  /** Key of the offline store; with a kms:ViaService condition on it CreateFeatureGroup fails. */
  readonly offlineKmsKeyArn: pulumi.Input<string>;
  /** `s3://bucket/prefix/` of the offline store. */
  readonly offlineS3Uri: pulumi.Input<string>;
  /** Days that a record stays in the online store; the offline store keeps it for ever. */
  readonly onlineTtlDays: number;
}

const NAME_PATTERN = /^[a-zA-Z0-9]([_-]*[a-zA-Z0-9]){0,63}$/;
const VERSIONED_PATTERN = /-v[1-9][0-9]*$/;
/** Columns that SageMaker adds to the offline store itself. */
const RESERVED_COLUMNS = ["is_deleted", "write_time", "api_invocation_time"];
const COLUMN_COUNT_MAX = 2500;

/**
 * What the provider changes only by deleting the group and its online records (preview/replacements.json). Another column,
 * role, place or key is another version of the group, under another name; a description is changed by hand.
 */
const REPLACED_BY_THE_PROVIDER = [
  "description",
  "featureDefinitions",
  "offlineStoreConfig",
  "onlineStoreConfig.enableOnlineStore",
  "onlineStoreConfig.securityConfig",
  "onlineStoreConfig.storageType",
  "roleArn",
] as const;

/**
 * One version of a feature group, online and offline, whose features no plan can take away.
 *
 * The AWS provider answers any change of the features by deleting the group with all its data and making a new one, so
 * such changes are ignored here (docs/adr/0006): features are added by UpdateFeatureGroup, everything else is a new version.
 */
export class VersionedFeatureGroup extends pulumi.ComponentResource {
  public readonly group: sagemaker.FeatureGroup;

  /** @throws Error naming the group and the column that SageMaker would reject */
  constructor(name: string, args: VersionedFeatureGroupArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("smartretail:features:VersionedFeatureGroup", name, args, opts);
    validateArgs(args);
    this.group = new sagemaker.FeatureGroup(
      `${name}-group`,
      {
        featureGroupName: args.groupName,
        description: args.description,
        featureDefinitions: args.columns.map(({ name: featureName, type }) => ({
          featureName,
          featureType: type,
        })),
        recordIdentifierFeatureName: args.recordIdentifier,
        eventTimeFeatureName: args.eventTime,
        roleArn: args.roleArn,
        onlineStoreConfig: {
          enableOnlineStore: true,
          // The in-memory tier has neither an offline store nor a customer-managed key.
          storageType: "Standard",
          securityConfig: { kmsKeyId: args.onlineKmsKeyArn },
          ttlDuration: { unit: "Days", value: args.onlineTtlDays },
        },
        offlineStoreConfig: {
          s3StorageConfig: { s3Uri: args.offlineS3Uri, kmsKeyId: args.offlineKmsKeyArn },
          tableFormat: "Iceberg",
        },
        throughputConfig: { throughputMode: "OnDemand" },
      },
      {
        parent: this,
        protect: opts.protect,
        dependsOn: opts.dependsOn,
        ignoreChanges: [...REPLACED_BY_THE_PROVIDER],
      },
    );
    this.registerOutputs({ groupName: args.groupName });
  }
}

function validateArgs({
  groupName,
  columns,
  recordIdentifier,
  eventTime,
  onlineTtlDays,
}: VersionedFeatureGroupArgs): void {
  const reject = (problem: string): never => {
    throw new Error(`feature group "${groupName}": ${problem}`);
  };
  if (!NAME_PATTERN.test(groupName) || groupName.length > 64) {
    reject("allowed are 1 to 64 letters, digits, hyphens and underscores");
  }
  if (!VERSIONED_PATTERN.test(groupName)) reject("the name has to end in its version, -v1, -v2, …");
  if (columns.length > COLUMN_COUNT_MAX)
    reject(`${columns.length} columns; allowed: at most ${COLUMN_COUNT_MAX}`);
  const names = columns.map((column) => column.name);
  for (const [i, column] of names.entries()) {
    if (!NAME_PATTERN.test(column) || column.length > 64) {
      reject(`column "${column}"; allowed are 1 to 64 letters, digits, hyphens and underscores`);
    }
    if (RESERVED_COLUMNS.includes(column)) reject(`column "${column}" is reserved; SageMaker adds it itself`);
    if (names.indexOf(column) !== i) reject(`column "${column}" is there twice; allowed: once`);
  }
  if (!names.includes(recordIdentifier))
    reject(`the record identifier "${recordIdentifier}" is not one of its columns`);
  if (columns.find((column) => column.name === eventTime)?.type !== "String") {
    reject(`the event time "${eventTime}" has to be a String column (Iceberg)`);
  }
  if (!Number.isInteger(onlineTtlDays) || onlineTtlDays < 1) {
    reject(`onlineTtlDays is ${onlineTtlDays}; allowed: a positive integer`);
  }
}
