import assert from "node:assert/strict";
import type { Statement } from "../../components/policy-document";
import type { Recording } from "../../preview/recorded-resource";
import { foundationOf } from "../support/foundation";
import { decide, type IamRequest } from "../support/iam";
import { find } from "../support/record";
import { statementsOf } from "../support/statements";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe("what IAM decides at the lake's perimeter", () => {
  let recording: Recording;
  let throughEndpoint: Record<string, string>;

  before(async () => {
    ({ recording } = await foundationOf("prod"));
    throughEndpoint = {
      "aws:PrincipalArn": role("smartretail-prod-training"),
      "aws:PrincipalIsAWSService": "false",
      "aws:SecureTransport": "true",
      "aws:SourceVpce": find(recording, "aws:ec2/vpcEndpoint:VpcEndpoint", "gateway-s3").id,
      "aws:ViaAWSService": "false",
      "s3:TlsVersion": "1.3",
    };
  });

  /** The role's own rights are taken as given: the bucket only denies. */
  const ask = (purpose: string, changes: Record<string, string>, action = "s3:GetObject") => {
    const { policy } = find(recording, "aws:s3/bucketPolicy:BucketPolicy", `${purpose}-policy`).inputs;
    const given: Statement = { Sid: "Given", Effect: "Allow", Action: "s3:*", Resource: "*" };
    const resource = `arn:aws:s3:::smartretail-prod-${purpose}-123456789012/key`;
    return decide([given, ...statementsOf(policy)], {
      action,
      resource,
      context: { ...throughEndpoint, ...changes },
    });
  };
  const OUTSIDE = { "aws:SourceVpce": "vpce-elsewhere" };

  it("lets the network in, and nobody without an up-to-date TLS", () => {
    assert.equal(ask("raw", {}), "allowed");
    assert.equal(ask("raw", { "aws:SecureTransport": "false" }), "denied");
    assert.equal(ask("raw", { "s3:TlsVersion": "1.1" }), "denied");
  });

  it("keeps credentials that left the network out", () => {
    assert.equal(ask("raw", OUTSIDE), "denied");
    assert.equal(ask("raw", { ...OUTSIDE, "aws:PrincipalArn": role("admin") }), "denied");
  });

  it("lets the deployer, services and their callers in from their own network", () => {
    assert.equal(ask("raw", { ...OUTSIDE, "aws:PrincipalArn": role("smartretail-deployer") }), "allowed");
    assert.equal(ask("raw", { ...OUTSIDE, "aws:ViaAWSService": "true" }), "allowed");
    assert.equal(
      ask("access-logs", { ...OUTSIDE, "aws:PrincipalIsAWSService": "true" }, "s3:PutObject"),
      "allowed",
    );
  });

  it("lets service-linked roles in, and auditors read, but shows everybody how a bucket is set up", () => {
    const as = (name: string) => ({ ...OUTSIDE, "aws:PrincipalArn": role(name) });

    assert.equal(
      ask("raw", as("aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie")),
      "allowed",
    );
    assert.equal(ask("raw", as("admin"), "s3:GetBucketPolicy"), "allowed");
    assert.equal(ask("raw", as("admin"), "s3:ListBucket"), "denied");
    assert.equal(ask("raw", as("admin"), "s3:PutBucketPolicy"), "denied");
    assert.equal(ask("raw", as("admin"), "s3:GetObjectVersion"), "denied");
  });

  it("lets a role that works outside into its own bucket only", () => {
    const featureStore = { ...OUTSIDE, "aws:PrincipalArn": role("smartretail-prod-feature-store") };

    assert.equal(ask("features", featureStore), "allowed");
    assert.equal(ask("raw", featureStore), "denied");
  });

  it("stores with KMS, asked for or not, and with nothing else", () => {
    const header = "s3:x-amz-server-side-encryption";

    assert.equal(ask("raw", {}, "s3:PutObject"), "allowed");
    assert.equal(ask("raw", { [header]: "aws:kms" }, "s3:PutObject"), "allowed");
    assert.equal(ask("raw", { [header]: "AES256" }, "s3:PutObject"), "denied");
  });
});

describe("what KMS decides for the platform's keys", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await foundationOf("prod"));
  });

  const ask = (purpose: string, action: string, principal: string, more: IamRequest["context"] = {}) =>
    decide(statementsOf(find(recording, "aws:kms/key:Key", `${purpose}-key`).inputs.policy), {
      action: `kms:${action}`,
      resource: "*",
      context: { "aws:PrincipalArn": principal, ...more },
    });
  const TRAINING = role("smartretail-prod-training");
  const VIA_S3 = { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" };

  it("leaves the policy to the root user and the deployer", () => {
    for (const purpose of ["data-lake", "feature-store", "operations"]) {
      assert.equal(ask(purpose, "PutKeyPolicy", "arn:aws:iam::123456789012:root"), "allowed");
      assert.equal(ask(purpose, "PutKeyPolicy", role("smartretail-deployer")), "allowed");
      assert.equal(ask(purpose, "PutKeyPolicy", TRAINING), "not allowed");
      assert.equal(ask(purpose, "ScheduleKeyDeletion", role("admin")), "not allowed");
    }
  });

  it("opens the lake's key to the environment's roles, through storage only", () => {
    assert.equal(ask("data-lake", "Decrypt", TRAINING, VIA_S3), "allowed");
    assert.equal(ask("data-lake", "Decrypt", TRAINING), "not allowed");
    assert.equal(ask("data-lake", "Decrypt", role("smartretail-dev-training"), VIA_S3), "not allowed");
    assert.equal(
      ask("data-lake", "Decrypt", "arn:aws:iam::210987654321:role/smartretail-prod-x", VIA_S3),
      "not allowed",
    );
  });

  it("opens the feature store's key directly, as its offline store needs", () => {
    assert.equal(ask("feature-store", "GenerateDataKey", role("smartretail-prod-feature-store")), "allowed");
  });

  it("grants to services, never to people", () => {
    assert.equal(
      ask("data-lake", "CreateGrant", TRAINING, { "kms:GrantIsForAWSResource": "true" }),
      "allowed",
    );
    assert.equal(
      ask("data-lake", "CreateGrant", TRAINING, { "kms:GrantIsForAWSResource": "false" }),
      "not allowed",
    );
    assert.equal(ask("data-lake", "CreateGrant", role("smartretail-deployer")), "not allowed");
  });

  it("serves publishers of this account's topics only", () => {
    const publish = (account: string) =>
      decide(statementsOf(find(recording, "aws:kms/key:Key", "operations-key").inputs.policy), {
        action: "kms:GenerateDataKey",
        resource: "*",
        service: "cloudwatch.amazonaws.com",
        context: {
          "aws:SourceAccount": account,
          "kms:EncryptionContext:aws:sns:topicArn": `arn:aws:sns:ap-northeast-1:${account}:smartretail-prod-alerts`,
        },
      });

    assert.equal(publish("123456789012"), "allowed");
    assert.equal(publish("210987654321"), "not allowed");
  });
});
