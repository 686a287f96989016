import type * as s3 from "@pulumi/aws/s3";
import { bucketPolicy } from "../components/bucket-policy";
import { DataBucket, type DataBucketArgs } from "../components/data-bucket";
import { physicalName } from "../components/physical-name";
import type { Statement } from "../components/policy-document";
import { Slice } from "../components/slice";
import { type BucketPurpose, DATA_BUCKETS, type DataBucketPurpose } from "../contracts/buckets";
import { administratorArns, auditorArns } from "./administrators";
import type { ArnScope, Context } from "./context";
import { lifecycleOf } from "./data-lake/lifecycles";
import type { Keys } from "./keys";
import type { Network } from "./network";
import { rolesOutsideNetwork, serviceLinkedRoles } from "./data-perimeter";

/** S3: a bucket name has at most 63 characters. */
const BUCKET_NAME_MAX = 63;

interface LakeBucket {
  readonly name: string;
  readonly arn: string;
  readonly bucket: s3.Bucket;
}

export interface DataLake {
  readonly buckets: Readonly<Record<BucketPurpose, LakeBucket>>;
}

/** `smartretail-<environment>-<purpose>-<account>`: bucket names are unique in all of AWS, hence the account. */
export function bucketName(context: Pick<ArnScope, "prefix" | "accountId">, purpose: BucketPurpose): string {
  return physicalName(BUCKET_NAME_MAX, context.prefix, logicalName(purpose), context.accountId);
}

export function bucketArn(context: Pick<ArnScope, "prefix" | "accountId">, purpose: BucketPurpose): string {
  return `arn:aws:s3:::${bucketName(context, purpose)}`;
}

/** Where all data lives: one bucket per purpose, each with its own lifecycle, all behind the same perimeter. */
export function createDataLake(
  context: Context,
  { keys, network }: { keys: Keys; network: Network },
): DataLake {
  const slice = new Slice("data-lake");
  const create = (purpose: BucketPurpose, how: BucketDifferences) =>
    createBucket(context, network, purpose, how, slice);
  const accessLogs = create("accessLogs", { statements: [logDelivery(context)] });
  const data = (purpose: DataBucketPurpose): LakeBucket => {
    const how = { kmsKeyArn: keys.dataLake.arn, accessLogBucket: accessLogs.guardedName };
    return lakeBucket(context, purpose, create(purpose, how));
  };
  return {
    buckets: {
      raw: data("raw"),
      processed: data("processed"),
      features: data("features"),
      models: data("models"),
      results: data("results"),
      capture: data("capture"),
      accessLogs: lakeBucket(context, "accessLogs", accessLogs),
    },
  };
}

/** In what the data buckets differ from the one that takes their access logs. */
type BucketDifferences = Pick<DataBucketArgs, "kmsKeyArn" | "accessLogBucket"> & {
  readonly statements?: readonly Statement[];
};

function createBucket(
  context: Context,
  network: Network,
  purpose: BucketPurpose,
  { kmsKeyArn, accessLogBucket, statements }: BucketDifferences,
  parent: Slice,
): DataBucket {
  const { settings } = context;
  const name = bucketName(context, purpose);
  const outsideNetworkArns = [
    ...administratorArns(context),
    ...rolesOutsideNetwork(context, purpose),
    serviceLinkedRoles(context),
  ];
  const outsideReaderArns = auditorArns(context);
  const kmsOnly = kmsKeyArn !== undefined;
  return new DataBucket(
    logicalName(purpose),
    {
      bucketName: name,
      kmsKeyArn,
      accessLogBucket,
      policy: network.s3EndpointId.apply((vpcEndpointId) =>
        bucketPolicy({
          bucketName: name,
          vpcEndpointId,
          outsideNetworkArns,
          outsideReaderArns,
          kmsOnly,
          statements,
        }),
      ),
      lifecycle: lifecycleOf(context, purpose),
      protect: settings.protectData,
      emptyOnDestroy: settings.emptyBucketsOnDestroy,
    },
    { parent },
  );
}

function lakeBucket(context: Context, purpose: BucketPurpose, { bucket }: DataBucket): LakeBucket {
  return { name: bucketName(context, purpose), arn: bucketArn(context, purpose), bucket };
}

function logicalName(purpose: BucketPurpose): string {
  return purpose === "accessLogs" ? "access-logs" : purpose;
}

/** S3's log delivery writes here for the lake's buckets of this account, and for no other bucket. */
function logDelivery(context: Context): Statement {
  return {
    Sid: "AllowAccessLogDelivery",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn(context, "accessLogs")}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": DATA_BUCKETS.map((purpose) => bucketArn(context, purpose)) },
      StringEquals: { "aws:SourceAccount": context.accountId },
    },
  };
}
