import assert from "node:assert/strict";
import { bucketPolicy, type BucketPolicyArgs } from "../../components/bucket-policy";
import { statementOf, statementsOf } from "../support/statements";

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

  it("rejects requests that do not come through the VPC endpoint, except from services and named principals", () => {
    const statement = statementOf(bucketPolicy(args), "DenyOutsideVpcEndpoint");

    assert.equal(statement.Effect, "Deny");
    assert.deepEqual(statement.Resource, EVERYTHING);
    assert.deepEqual(statement.Condition, {
      ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::123456789012:role/deployer"] },
      Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
      StringNotEquals: { "aws:SourceVpce": "vpce-1" },
    });
  });

  it("rejects uploads that ask for another encryption than KMS", () => {
    assert.deepEqual(statementOf(bucketPolicy(args), "DenyOtherEncryption").Condition, {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    });
  });

  it("takes any encryption where log delivery writes", () => {
    const sids = statementsOf(bucketPolicy({ ...args, kmsOnly: false })).map(({ Sid }) => Sid);

    assert.deepEqual(sids, ["DenyInsecureTransport", "DenyOldTls", "DenyOutsideVpcEndpoint"]);
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
