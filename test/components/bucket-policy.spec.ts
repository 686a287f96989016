import assert from "node:assert/strict";
import { bucketPolicy, type BucketPolicyArgs } from "../../components/bucket-policy";
import { matchesGlob } from "../support/glob";
import { actionsOfPattern } from "../support/service-reference";
import { actionsOf, statementOf, statementsOf } from "../support/statements";

const EVERYTHING = ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"];
const args: BucketPolicyArgs = {
  bucketName: "lake",
  vpcEndpointId: "vpce-1",
  outsideNetworkArns: ["arn:aws:iam::123456789012:role/deployer"],
};

describe("bucketPolicy", () => {
  it("rejects requests without TLS 1.2", () => {
    const document = bucketPolicy(args);

    const everybody = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: EVERYTHING };
    assert.deepEqual(statementOf(document, "DenyInsecureTransport"), {
      Sid: "DenyInsecureTransport",
      ...everybody,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    assert.deepEqual(statementOf(document, "DenyOldTls"), {
      Sid: "DenyOldTls",
      ...everybody,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    });
  });

  it("rejects what does not come through the VPC endpoint, except from services and named principals", () => {
    const document = bucketPolicy({ ...args, outsideReaderArns: ["arn:aws:iam::123456789012:role/auditor"] });
    const condition = (principals: string[]) => ({
      ArnNotLike: { "aws:PrincipalArn": principals },
      Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
      StringNotEquals: { "aws:SourceVpce": "vpce-1" },
    });
    const reads = statementOf(document, "DenyReadsOutsideVpcEndpoint");
    const writes = statementOf(document, "DenyWritesOutsideVpcEndpoint");

    for (const { Effect, Resource } of [reads, writes])
      assert.deepEqual([Effect, Resource], ["Deny", EVERYTHING]);
    assert.deepEqual(
      reads.Condition,
      condition(["arn:aws:iam::123456789012:role/auditor", "arn:aws:iam::123456789012:role/deployer"]),
    );
    assert.deepEqual(writes.Condition, condition(["arn:aws:iam::123456789012:role/deployer"]));
  });

  it("leaves nothing of S3 open from outside but looking at how the bucket is set up", async () => {
    const denied = ["DenyReadsOutsideVpcEndpoint", "DenyWritesOutsideVpcEndpoint"].flatMap((sid) =>
      actionsOf(statementOf(bucketPolicy(args), sid)),
    );
    const open = (await actionsOfPattern("s3:*"))
      .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === "bucket" || name === "object"))
      .map(({ action }) => action)
      .filter((action) => !denied.some((pattern) => matchesGlob(pattern, action)));

    assert.ok(open.length > 20);
    assert.deepEqual(
      open.filter((action) => !/^s3:(GetBucket\w+|Get\w+Configuration|ListTagsForResource)$/.test(action)),
      [],
    );
  });

  it("rejects uploads that ask for another encryption than KMS", () => {
    assert.deepEqual(statementOf(bucketPolicy(args), "DenyOtherEncryption").Condition, {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    });
  });

  it("takes any encryption where log delivery writes", () => {
    const sids = statementsOf(bucketPolicy({ ...args, kmsOnly: false })).map(({ Sid }) => Sid);

    assert.deepEqual(sids, [
      "DenyInsecureTransport",
      "DenyOldTls",
      "DenyReadsOutsideVpcEndpoint",
      "DenyWritesOutsideVpcEndpoint",
    ]);
  });

  it("allows nobody anything of its own", () => {
    assert.ok(statementsOf(bucketPolicy(args)).every(({ Effect }) => Effect === "Deny"));
  });

  it("adds further statements", () => {
    const document = bucketPolicy({
      ...args,
      statements: [
        { Sid: "Deliver", Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::lake/*" },
      ],
    });

    assert.equal(statementOf(document, "Deliver").Effect, "Allow");
  });
});
