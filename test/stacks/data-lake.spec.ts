import assert from "node:assert/strict";
import type { Recording } from "../../preview/recorded-resource";
import { bucketName, type DataLake } from "../../stacks/data-lake";
import { ROLE_NAMES } from "../../contracts/roles";
import { PERSONAS } from "../../stacks/settings-schema";
import { testContext } from "../support/context";
import { foundationOf } from "../support/foundation";
import { find } from "../support/record";
import { statementOf } from "../support/statements";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const PURPOSES = ["access-logs", "capture", "features", "models", "processed", "raw", "results"];

interface Rule {
  readonly id: string;
  readonly expiration?: { readonly days?: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
  readonly transitions?: { readonly days: number; readonly storageClass: string }[];
}

const rulesOf = (recording: Recording, purpose: string) => {
  const rules = find(recording, LIFECYCLE, `${purpose}-lifecycle`).inputs.rules as unknown as Rule[];
  return new Map(rules.map((rule) => [rule.id, rule]));
};
const expiryOf = (recording: Recording, purpose: string) =>
  rulesOf(recording, purpose).get("expire")?.expiration?.days;

describe("createDataLake", () => {
  let dev: Recording;
  let prod: Recording;
  let lake: DataLake;

  before(async () => {
    ({ recording: dev } = await foundationOf("dev"));
    const foundation = await foundationOf("prod");
    prod = foundation.recording;
    lake = foundation.slices.dataLake;
  });

  it("makes a bucket per purpose, named after environment and account", () => {
    const buckets = prod.resources.filter(({ type }) => type === BUCKET).map(({ inputs }) => inputs.bucket);

    assert.deepEqual(
      buckets.sort(),
      PURPOSES.map((purpose) => `smartretail-prod-${purpose}-123456789012`),
    );
  });

  it("hands out names and ARNs that are known beforehand", () => {
    assert.equal(lake.buckets.raw.name, "smartretail-prod-raw-123456789012");
    assert.equal(lake.buckets.accessLogs.arn, "arn:aws:s3:::smartretail-prod-access-logs-123456789012");
    assert.equal(bucketName(testContext("prod"), "raw"), lake.buckets.raw.name);
  });

  it("encrypts data with the lake's key, and access logs with S3's own", () => {
    const key = find(prod, "aws:kms/key:Key", "data-lake-key");
    for (const purpose of PURPOSES) {
      const { inputs, propertyDependencies } = find(prod, ENCRYPTION, `${purpose}-encryption`);

      if (purpose === "access-logs") assert.match(JSON.stringify(inputs.rules), /"sseAlgorithm":"AES256"/);
      else assert.deepEqual(propertyDependencies.rules, [key.urn]);
    }
  });

  it("protects prod's data and lets dev's go", () => {
    for (const purpose of PURPOSES) {
      const kept = find(prod, BUCKET, `${purpose}-bucket`);
      const gone = find(dev, BUCKET, `${purpose}-bucket`);
      assert.deepEqual([kept.protect, kept.inputs.forceDestroy], [true, false]);
      assert.deepEqual([gone.protect, gone.inputs.forceDestroy], [false, true]);
    }
  });

  it("logs every data bucket into the log bucket, which logs nowhere", () => {
    const loggings = prod.resources.filter(({ type }) => type === "aws:s3/bucketLogging:BucketLogging");

    assert.equal(loggings.length, PURPOSES.length - 1);
    for (const { inputs } of loggings) {
      assert.equal(inputs.targetBucket, "smartretail-prod-access-logs-123456789012");
      assert.equal(inputs.targetPrefix, `${String(inputs.bucket)}/`);
    }
  });

  it("takes access logs of the lake's buckets only", () => {
    const { policy } = find(prod, POLICY, "access-logs-policy").inputs;

    const statement = statementOf(policy, "AllowAccessLogDelivery");
    assert.deepEqual(statement.Principal, { Service: "logging.s3.amazonaws.com" });
    assert.equal(statement.Action, "s3:PutObject");
    assert.equal(statement.Condition?.StringEquals?.["aws:SourceAccount"], "123456789012");
    assert.deepEqual(
      statement.Condition?.ArnLike?.["aws:SourceArn"],
      PURPOSES.slice(1).map((purpose) => `arn:aws:s3:::smartretail-prod-${purpose}-123456789012`),
    );
  });

  it("lets the deployer and the roles that work outside past the endpoint", () => {
    const endpoint = find(prod, "aws:ec2/vpcEndpoint:VpcEndpoint", "gateway-s3");
    const conditionOf = (purpose: string) =>
      statementOf(find(prod, POLICY, `${purpose}-policy`).inputs.policy, "DenyWritesOutsideVpcEndpoint")
        .Condition;

    const deployer = "arn:aws:iam::123456789012:role/smartretail-deployer";
    assert.equal(conditionOf("raw")?.StringNotEquals?.["aws:SourceVpce"], endpoint.id);
    const serviceLinked = "arn:aws:iam::123456789012:role/aws-service-role/*";
    assert.deepEqual(conditionOf("raw")?.ArnNotLike?.["aws:PrincipalArn"], [
      serviceLinked,
      deployer,
      "arn:aws:iam::123456789012:role/smartretail-prod-state-machines",
    ]);
    assert.deepEqual(conditionOf("features")?.ArnNotLike?.["aws:PrincipalArn"], [
      serviceLinked,
      deployer,
      "arn:aws:iam::123456789012:role/smartretail-prod-feature-store",
    ]);
  });

  it("keeps data as long as the settings say", () => {
    assert.deepEqual(
      ["raw", "processed", "results", "capture", "access-logs"].map((purpose) => expiryOf(prod, purpose)),
      [1095, 1095, 400, 90, 365],
    );
    assert.deepEqual(
      ["raw", "processed", "results", "capture", "access-logs"].map((purpose) => expiryOf(dev, purpose)),
      [90, 90, 30, 7, 30],
    );
  });

  it("expires neither models nor what Iceberg counts on", () => {
    for (const purpose of ["models", "features"]) assert.equal(expiryOf(prod, purpose), undefined);
  });

  it("keeps replaced models for a year", () => {
    const rule = rulesOf(prod, "models").get("expire-noncurrent-versions");

    assert.equal(rule?.noncurrentVersionExpiration?.noncurrentDays, 365);
  });

  it("moves old raw data to cheaper storage, but not what soon expires", () => {
    assert.deepEqual(rulesOf(prod, "raw").get("tier")?.transitions, [
      { days: 90, storageClass: "STANDARD_IA" },
      { days: 400, storageClass: "GLACIER_IR" },
    ]);
    assert.equal(rulesOf(dev, "raw").get("tier"), undefined);
  });

  it("moves models and features that nobody reads to cheaper storage, where they stay at hand", () => {
    for (const purpose of ["models", "features", "processed"]) {
      assert.deepEqual(rulesOf(prod, purpose).get("tier")?.transitions, [
        { days: 30, storageClass: "INTELLIGENT_TIERING" },
      ]);
    }
  });

  it("aborts broken uploads within a week everywhere", () => {
    for (const purpose of PURPOSES) {
      assert.match(
        JSON.stringify(rulesOf(prod, purpose).get("abort-incomplete-uploads")),
        /"daysAfterInitiation":7/,
      );
    }
  });

  it("leaves only the policies that name the endpoint, the network or keys unknown in a first preview", async () => {
    const { recording } = await foundationOf("prod", { preview: true });

    const unknown = recording.resources.filter(
      ({ custom, inputs }) => custom && JSON.stringify(inputs.policy)?.includes("$unknown"),
    );
    assert.deepEqual(
      unknown.map(({ name }) => name).sort(),
      [
        ...PURPOSES.map((purpose) => `${purpose}-policy`),
        ...["data-scientist", "ml-engineer", "state-machines"].map((holder) => `${holder}-guard`),
        ...[...ROLE_NAMES, ...PERSONAS].map((holder) => `${holder}-keys`),
      ].sort(),
    );
  });
});
