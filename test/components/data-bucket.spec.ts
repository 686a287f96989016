import assert from "node:assert/strict";
import { DataBucket, type DataBucketArgs } from "../../components/data-bucket";
import { find, listing, record } from "../support/record";

const args: DataBucketArgs = {
  bucketName: "lake-raw-123456789012",
  policy: "{}",
  lifecycle: { keepNoncurrentDays: 30 },
  protect: true,
  emptyOnDestroy: false,
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/1",
  accessLogBucket: "logs",
};

const make = (changes: Partial<DataBucketArgs> = {}, preview = false) =>
  record(() => void new DataBucket("raw", { ...args, ...changes }), { preview });

describe("DataBucket", () => {
  it("makes the bucket and one resource for each of its properties", async () => {
    assert.deepEqual(listing(await make()), [
      "aws:s3/bucket:Bucket raw-bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration raw-lifecycle",
      "aws:s3/bucketLogging:BucketLogging raw-logging",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls raw-ownership",
      "aws:s3/bucketPolicy:BucketPolicy raw-policy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock raw-access-block",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration raw-encryption",
      "aws:s3/bucketVersioning:BucketVersioning raw-versioning",
      "smartretail:data:DataBucket raw",
    ]);
  });

  it("sets nothing inline", async () => {
    const { inputs } = find(await make(), "aws:s3/bucket:Bucket");

    assert.deepEqual(inputs, { bucket: "lake-raw-123456789012", forceDestroy: false });
  });

  it("is private, without ACLs", async () => {
    const recording = await make();

    assert.deepEqual(find(recording, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs, {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      bucket: "lake-raw-123456789012",
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(find(recording, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs.rule, {
      objectOwnership: "BucketOwnerEnforced",
    });
  });

  it("keeps versions", async () => {
    const { inputs } = find(await make(), "aws:s3/bucketVersioning:BucketVersioning");

    assert.deepEqual(inputs.versioningConfiguration, { status: "Enabled" });
  });

  it("encrypts with the given key and a bucket key", async () => {
    const { inputs } = find(
      await make(),
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );

    assert.deepEqual(inputs.rules, [
      {
        applyServerSideEncryptionByDefault: {
          kmsMasterKeyId: "arn:aws:kms:ap-northeast-1:123456789012:key/1",
          sseAlgorithm: "aws:kms",
        },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it("encrypts with S3's key where log delivery writes", async () => {
    const { inputs } = find(
      await make({ kmsKeyArn: undefined }),
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );

    assert.deepEqual(inputs.rules, [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
  });

  it("logs below its own name", async () => {
    const { inputs } = find(await make(), "aws:s3/bucketLogging:BucketLogging");

    assert.equal(inputs.targetBucket, "logs");
    assert.equal(inputs.targetPrefix, "lake-raw-123456789012/");
  });

  it("logs nowhere without a log bucket", async () => {
    assert.ok(!listing(await make({ accessLogBucket: undefined })).some((line) => line.includes("Logging")));
  });

  it("sets its policy once the public access is blocked", async () => {
    const recording = await make();

    const block = find(recording, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    const policy = find(recording, "aws:s3/bucketPolicy:BucketPolicy");
    assert.ok(policy.dependencies.includes(block.urn));
    assert.equal(policy.inputs.policy, "{}");
  });

  it("hands out its name as a log target once its policy is set", async () => {
    const recording = await record(() => {
      const { guardedName } = new DataBucket("logs", { ...args, accessLogBucket: undefined });
      void new DataBucket("raw", { ...args, accessLogBucket: guardedName });
    });

    const policy = find(recording, "aws:s3/bucketPolicy:BucketPolicy", "logs-policy");
    const { propertyDependencies } = find(recording, "aws:s3/bucketLogging:BucketLogging");
    assert.ok(propertyDependencies.targetBucket?.includes(policy.urn));
  });

  it("is protected, or emptied when it goes, as it is told", async () => {
    const kept = find(await make(), "aws:s3/bucket:Bucket");
    const emptied = find(await make({ protect: false, emptyOnDestroy: true }), "aws:s3/bucket:Bucket");

    assert.equal(kept.protect, true);
    assert.equal(emptied.protect, false);
    assert.equal(emptied.inputs.forceDestroy, true);
  });

  it("registers the same in a first preview", async () => {
    assert.deepEqual(listing(await make({}, true)), listing(await make()));
  });

  it("rejects a name that S3 does not take", async () => {
    for (const bucketName of ["ab", "Lake", "-lake", "a".repeat(64)]) {
      await assert.rejects(make({ bucketName }), {
        message: `raw: bucketName is "${bucketName}"; allowed: 3 to 63 lower-case letters, digits and hyphens`,
      });
    }
  });

  it("cannot be protected and emptied", async () => {
    await assert.rejects(make({ emptyOnDestroy: true }), {
      message: "raw: emptyOnDestroy is true; allowed: false while protect is true",
    });
  });

  it("rejects a lifecycle that S3 does not take", async () => {
    await assert.rejects(
      make({ lifecycle: { keepNoncurrentDays: 0 } }),
      /raw: lifecycle.keepNoncurrentDays is 0/,
    );
  });
});
