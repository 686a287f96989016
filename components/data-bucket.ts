import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
import { lifecycleRules, validateLifecycle, type Lifecycle } from "./bucket-lifecycle";

export interface DataBucketArgs {
  /** Physical name: 3 to 63 lower-case letters, digits and hyphens. */
  readonly bucketName: string;
  /** The bucket policy as text; see components/bucket-policy.ts. */
  readonly policy: pulumi.Input<string>;
  readonly lifecycle: Lifecycle;
  /** Whether Pulumi rejects deleting the bucket. */
  readonly protect: boolean;
  /** Whether destroying the bucket deletes its objects first. */
  readonly emptyOnDestroy: boolean;
  /** Customer-managed key. @default SSE-S3, the only encryption that S3's log delivery can write with */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Bucket that takes the access logs: `guardedName` of another, for S3 checks its policy. @default none */
  readonly accessLogBucket?: pulumi.Input<string>;
}

/**
 * A private, versioned bucket without ACLs: encrypted, logged, with a policy and a lifecycle.
 *
 * Everything is a resource of its own, for the provider no longer manages it inline. Replication is left out: the lake's
 * source of truth is the POS system.
 */
export class DataBucket extends pulumi.ComponentResource {
  public readonly bucket: s3.Bucket;
  /** The bucket's name, known when its policy is in force. */
  public readonly guardedName: pulumi.Output<string>;

  constructor(name: string, args: DataBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:data:DataBucket", name, args, opts);
    validateDataBucketArgs(name, args);
    const here = { parent: this };
    this.bucket = new s3.Bucket(
      `${name}-bucket`,
      { bucket: args.bucketName, forceDestroy: args.emptyOnDestroy },
      { parent: this, protect: args.protect },
    );
    const bucket = this.bucket.bucket;
    new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      here,
    );
    const accessBlock = new s3.BucketPublicAccessBlock(
      `${name}-access-block`,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      here,
    );
    this.keepObjects(name, args);
    // S3 rejects two changes of a bucket's access at the same time.
    const policy = new s3.BucketPolicy(
      `${name}-policy`,
      { bucket, policy: args.policy },
      { parent: this, dependsOn: accessBlock },
    );
    this.guardedName = policy.bucket;
    this.registerOutputs({ bucketName: bucket });
  }

  /** Versions, encryption, lifecycle and access logs. */
  private keepObjects(name: string, args: DataBucketArgs): void {
    const here = { parent: this };
    const bucket = this.bucket.bucket;
    const versioning = new s3.BucketVersioning(
      `${name}-versioning`,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      here,
    );
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      { bucket, rules: [encryptionRule(args)] },
      here,
    );
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { bucket, rules: lifecycleRules(args.lifecycle) },
      // Rules for noncurrent versions are only taken by a versioned bucket.
      { parent: this, dependsOn: versioning },
    );
    if (args.accessLogBucket !== undefined) {
      new s3.BucketLogging(
        `${name}-logging`,
        { bucket, targetBucket: args.accessLogBucket, targetPrefix: `${args.bucketName}/` },
        here,
      );
    }
  }
}

function validateDataBucketArgs(name: string, args: DataBucketArgs): void {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(args.bucketName)) {
    throw new Error(
      `${name}: bucketName is "${args.bucketName}"; allowed: 3 to 63 lower-case letters, digits and hyphens`,
    );
  }
  if (args.protect && args.emptyOnDestroy) {
    throw new Error(`${name}: emptyOnDestroy is true; allowed: false while protect is true`);
  }
  validateLifecycle(name, args.lifecycle);
}

function encryptionRule({ kmsKeyArn }: DataBucketArgs) {
  return kmsKeyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        // One data key per bucket and hour instead of one KMS request per object.
        bucketKeyEnabled: true,
      };
}
