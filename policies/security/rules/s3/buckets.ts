import type { ResourceCheck, StackCheck, Value } from "../../../kit";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

/** The type of a split resource: `BucketVersioning` and the like. */
export function split(name: string): string {
  return `aws:s3/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Every bucket of the stack with the split resources of one kind that configure it. */
export function bucketsWith(
  stack: StackCheck,
  name: string,
): { readonly bucket: ResourceCheck; readonly companions: ResourceCheck[] }[] {
  return stack.ofType(BUCKET).map((bucket) => ({
    bucket,
    companions: stack.referring(bucket, split(name), "bucket"),
  }));
}

/**
 * A setting on the bucket itself, as programs of before @pulumi/aws 7 have it. Later versions of the provider also report
 * there what split resources set, so only what the program wrote counts. `BucketV2` had lists of one in the plural.
 */
export function inlineSetting(bucket: ResourceCheck, property: string): Value {
  const own = bucket.input(property);
  if (own.presence !== "unset") return own;
  const plural = bucket.input(`${property}s`);
  return plural.presence === "unknown" ? plural : plural.at("[0]");
}

/** The policies of a bucket: its resources for them, and itself where its policy is inline. */
export function policiesOf(bucket: ResourceCheck, companions: readonly ResourceCheck[]): ResourceCheck[] {
  return bucket.input("policy").isSet ? [...companions, bucket] : [...companions];
}

/** What writes its logs into a bucket: other buckets, distributions, load balancers; the property names the bucket. */
const LOG_WRITERS: readonly (readonly [string, string])[] = [
  [split("BucketLogging"), "targetBucket"],
  [BUCKET, "logging.targetBucket"],
  [BUCKET, "loggings[0].targetBucket"],
  ["aws:cloudfront/distribution:Distribution", "loggingConfig.bucket"],
  ["aws:lb/loadBalancer:LoadBalancer", "accessLogs.bucket"],
];

/** Whether others write their access logs into this one. */
export function isLogBucket(stack: StackCheck, bucket: ResourceCheck): boolean {
  return LOG_WRITERS.some(([type, property]) => stack.referring(bucket, type, property).length > 0);
}

/** Inspected paths of a rule that needs a split resource for every bucket, or an inline setting. */
export function companionPaths(
  name: string,
  paths: readonly string[],
  inline: readonly string[] = [],
): Record<string, readonly string[]> {
  return { [BUCKET]: inline, [split(name)]: paths };
}
