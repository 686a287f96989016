import type { ResourceCheck, StackCheck } from "../../../kit";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKETS = [BUCKET, "aws:s3/bucketV2:BucketV2"];

/** Split resources that never had a `V2` name. */
const WITHOUT_V2 = ["BucketOwnershipControls", "BucketPolicy", "BucketPublicAccessBlock"];

/** The names of a split resource: most have a deprecated `V2` one from @pulumi/aws 6 as well. */
export function split(name: string): string[] {
  const token = name.charAt(0).toLowerCase() + name.slice(1);
  const current = `aws:s3/${token}:${name}`;
  return WITHOUT_V2.includes(name) ? [current] : [current, `aws:s3/${token}V2:${name}V2`];
}

/** Every bucket of the stack with the split resources of one kind that configure it. */
export function bucketsWith(
  stack: StackCheck,
  name: string,
): { readonly bucket: ResourceCheck; readonly companions: ResourceCheck[] }[] {
  return stack.ofType(...BUCKETS).map((bucket) => ({
    bucket,
    companions: stack.referring(bucket, split(name), "bucket"),
  }));
}

/** Whether other buckets write their access logs into this one. */
export function isLogBucket(stack: StackCheck, bucket: ResourceCheck): boolean {
  return stack.referring(bucket, split("BucketLogging"), "targetBucket").length > 0;
}

/** Inspected paths of a rule that needs a split resource for every bucket. */
export function companionPaths(name: string, paths: readonly string[]): Record<string, readonly string[]> {
  return {
    [BUCKET]: [],
    "aws:s3/bucketV2:BucketV2": [],
    ...Object.fromEntries(split(name).map((type) => [type, paths])),
  };
}

export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
