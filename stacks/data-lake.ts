import type * as pulumi from "@pulumi/pulumi";
import type * as s3 from "@pulumi/aws/s3";
import type { Lifecycle, Tier } from "../components/bucket-lifecycle";
import { bucketPolicy } from "../components/bucket-policy";
import { DataBucket } from "../components/data-bucket";
import { physicalName } from "../components/physical-name";
import type { Statement } from "../components/policy-document";
import { Slice } from "../components/slice";
import { administratorArns } from "./administrators";
import type { Context } from "./context";
import type { Keys } from "./keys";
import type { Network } from "./network";
import { rolesOutsideNetwork } from "./data-perimeter";

/** S3: a bucket name has at most 63 characters. */
const BUCKET_NAME_MAX = 63;

const DATA_PURPOSES = ["raw", "processed", "features", "models", "results", "capture"] as const;
type DataPurpose = (typeof DATA_PURPOSES)[number];
export type BucketPurpose = DataPurpose | "accessLogs";

export interface LakeBucket {
  readonly name: string;
  readonly arn: string;
  readonly bucket: s3.Bucket;
}

export interface DataLake {
  readonly buckets: Readonly<Record<BucketPurpose, LakeBucket>>;
}

/** `smartretail-<environment>-<purpose>-<account>`: bucket names are unique in all of AWS, hence the account. */
export function bucketName(context: Pick<Context, "prefix" | "accountId">, purpose: BucketPurpose): string {
  const part = purpose === "accessLogs" ? "access-logs" : purpose;
  return physicalName(BUCKET_NAME_MAX, context.prefix, part, context.accountId);
}

export function bucketArn(context: Pick<Context, "prefix" | "accountId">, purpose: BucketPurpose): string {
  return `arn:aws:s3:::${bucketName(context, purpose)}`;
}

/** Where all data lives: one bucket per purpose, each with its own lifecycle, all behind the same perimeter. */
export function createDataLake(
  context: Context,
  { keys, network }: { keys: Keys; network: Network },
): DataLake {
  const slice = new Slice("data-lake");
  const create = (
    purpose: BucketPurpose,
    how: {
      kmsKeyArn?: pulumi.Input<string>;
      accessLogBucket?: pulumi.Input<string>;
      statements?: Statement[];
    },
  ): LakeBucket & { guardedName: pulumi.Output<string> } => {
    const name = bucketName(context, purpose);
    const { bucket, guardedName } = new DataBucket(
      purpose === "accessLogs" ? "access-logs" : purpose,
      {
        bucketName: name,
        kmsKeyArn: how.kmsKeyArn,
        accessLogBucket: how.accessLogBucket,
        policy: network.s3EndpointId.apply((vpcEndpointId) =>
          bucketPolicy({
            bucketName: name,
            vpcEndpointId,
            outsideNetworkArns: [...administratorArns(context), ...rolesOutsideNetwork(context, purpose)],
            kmsOnly: how.kmsKeyArn !== undefined,
            statements: how.statements,
          }),
        ),
        lifecycle: lifecycleOf(context, purpose),
        protect: context.settings.protectData,
        emptyOnDestroy: context.settings.emptyBucketsOnDestroy,
      },
      { parent: slice },
    );
    return { name, arn: bucketArn(context, purpose), bucket, guardedName };
  };

  const accessLogs = create("accessLogs", { statements: [logDelivery(context)] });
  const data = (purpose: DataPurpose) =>
    create(purpose, { kmsKeyArn: keys.dataLake.arn, accessLogBucket: accessLogs.guardedName });
  return {
    buckets: {
      raw: data("raw"),
      processed: data("processed"),
      features: data("features"),
      models: data("models"),
      results: data("results"),
      capture: data("capture"),
      accessLogs,
    },
  };
}

/** Versions that were replaced or deleted can be brought back for this long. */
const NONCURRENT_DAYS = { data: 30, models: 365, transient: 7 };

/** Moves what is not read to cheaper storage and back, by object; everything stays readable within milliseconds. */
const WHEN_UNREAD: Tier = { afterDays: 30, storageClass: "INTELLIGENT_TIERING" };

function lifecycleOf({ settings }: Context, purpose: BucketPurpose): Lifecycle {
  switch (purpose) {
    case "raw":
      return {
        expireAfterDays: settings.rawRetentionDays,
        keepNoncurrentDays: NONCURRENT_DAYS.data,
        // Read by the weekly training for a year, afterwards only when a model is rebuilt from scratch.
        tiers: [
          { afterDays: 90, storageClass: "STANDARD_IA" },
          { afterDays: 400, storageClass: "GLACIER_IR" },
        ],
      };
    case "processed":
      // Derived from raw: it must not outlive its source.
      return {
        expireAfterDays: settings.rawRetentionDays,
        keepNoncurrentDays: NONCURRENT_DAYS.data,
        tiers: [WHEN_UNREAD],
      };
    case "features":
      // Iceberg decides what is current: expiring a file by age would break the table.
      return { keepNoncurrentDays: NONCURRENT_DAYS.data, tiers: [WHEN_UNREAD] };
    case "models":
      // Immutable keys behind a pointer: a rollback may want any of them, at once.
      return { keepNoncurrentDays: NONCURRENT_DAYS.models, tiers: [WHEN_UNREAD] };
    case "results":
      return {
        expireAfterDays: settings.resultsRetentionDays,
        keepNoncurrentDays: NONCURRENT_DAYS.data,
        tiers: [{ afterDays: 60, storageClass: "STANDARD_IA" }],
      };
    case "capture":
      return {
        expireAfterDays: settings.captureRetentionDays,
        keepNoncurrentDays: NONCURRENT_DAYS.transient,
      };
    case "accessLogs":
      // Many small objects: below the 128 KB that cheaper classes bill at least.
      return {
        expireAfterDays: settings.accessLogRetentionDays,
        keepNoncurrentDays: NONCURRENT_DAYS.transient,
      };
  }
}

/** S3's log delivery writes here for the lake's buckets of this account, and for no other bucket. */
function logDelivery(context: Context): Statement {
  return {
    Sid: "LakeBucketsDeliverTheirLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn(context, "accessLogs")}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": DATA_PURPOSES.map((purpose) => bucketArn(context, purpose)) },
      StringEquals: { "aws:SourceAccount": context.accountId },
    },
  };
}
