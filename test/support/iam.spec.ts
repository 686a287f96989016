import assert from "node:assert/strict";
import type { Statement } from "../../components/policy-document";
import { decide, decideWithResource } from "./iam";

const read: Statement = { Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::lake/*" };
const request = { action: "s3:GetObject", resource: "arn:aws:s3:::lake/a" };
const when = (Condition: Statement["Condition"], context: Record<string, string | string[]>) =>
  decide([{ ...read, Condition }], { ...request, context });

describe("decide", () => {
  it("allows what is allowed, denies what is denied, and nothing else", () => {
    assert.equal(decide([read], request), "allowed");
    assert.equal(decide([read, { ...read, Effect: "Deny" }], request), "denied");
    assert.equal(decide([read], { ...request, action: "s3:PutObject" }), "not allowed");
    assert.equal(decide([read], { ...request, resource: "arn:aws:s3:::other/a" }), "not allowed");
  });

  it("finds a negated condition true for a key that is not there", () => {
    assert.equal(when({ StringNotEquals: { vpce: "1" } }, {}), "allowed");
    assert.equal(when({ StringEquals: { vpce: "1" } }, {}), "not allowed");
    assert.equal(when({ StringEqualsIfExists: { vpce: "1" } }, {}), "allowed");
    assert.equal(when({ StringEqualsIfExists: { vpce: "1" } }, { vpce: "2" }), "not allowed");
  });

  it("finds all of no values true, and any of no values false", () => {
    assert.equal(when({ "ForAllValues:StringEquals": { types: ["a"] } }, {}), "allowed");
    assert.equal(when({ "ForAnyValue:StringEquals": { types: ["a"] } }, {}), "not allowed");
    assert.equal(
      when({ "ForAllValues:StringEquals": { types: ["a"] } }, { types: ["a", "b"] }),
      "not allowed",
    );
    assert.equal(when({ "ForAnyValue:StringNotEquals": { types: ["a"] } }, { types: ["a", "b"] }), "allowed");
    assert.equal(when({ "ForAnyValue:StringNotEquals": { types: ["a"] } }, { types: ["a"] }), "not allowed");
  });

  it("knows presence, patterns and numbers", () => {
    assert.equal(when({ Null: { key: "false" } }, { key: "x" }), "allowed");
    assert.equal(when({ Null: { key: "false" } }, {}), "not allowed");
    assert.equal(
      when({ ArnNotLike: { arn: "arn:aws:iam::1:role/a*" } }, { arn: "arn:aws:iam::1:role/ab" }),
      "not allowed",
    );
    assert.equal(when({ NumericLessThanEquals: { seconds: "60" } }, { seconds: "60" }), "allowed");
    assert.equal(when({ NumericLessThan: { version: "1.2" } }, { version: "1.2" }), "not allowed");
  });
});

/** Examples of the IAM User Guide, with what the guide says that they do. */
describe("decide, by the examples of AWS's guide", () => {
  it("gives everybody a folder of their own by a policy variable", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    const home: Statement[] = [
      {
        Sid: "List",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::amzn-s3-demo-bucket"],
        Condition: { StringLike: { "s3:prefix": ["${aws:username}/*"] } },
      },
      {
        Sid: "Home",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: ["arn:aws:s3:::amzn-s3-demo-bucket/${aws:username}/*"],
      },
    ];
    const get = (path: string, context: Record<string, string>) =>
      decide(home, { action: "s3:GetObject", resource: `arn:aws:s3:::amzn-s3-demo-bucket/${path}`, context });

    assert.equal(get("david/a.txt", { "aws:username": "david" }), "allowed");
    assert.equal(get("maria/a.txt", { "aws:username": "david" }), "not allowed");
    assert.equal(get("david/a.txt", {}), "not allowed", "the statement is not valid without the variable");
    const prefix = (value: string) =>
      decide(home, {
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::amzn-s3-demo-bucket",
        context: { "aws:username": "david", "s3:prefix": value },
      });
    assert.deepEqual([prefix("david/x"), prefix("maria/x")], ["allowed", "not allowed"]);
  });

  it("denies in spite of any Allow", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    const statements: Statement[] = [
      { Sid: "AllowS3", Effect: "Allow", Action: "s3:*", Resource: "*" },
      { Sid: "DenyHr", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::hr/*" },
    ];
    const ask = (action: string, resource: string) => decide(statements, { action, resource });

    assert.equal(ask("s3:GetObject", "arn:aws:s3:::hr/pay.csv"), "denied");
    assert.equal(ask("s3:GetObject", "arn:aws:s3:::shop/x.csv"), "allowed");
    assert.equal(ask("ec2:RunInstances", "*"), "not allowed", "by default everything is denied");
  });

  it("lets a request pass ForAllValues without the key, which is why Null stands beside it", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    const tagKeys = ["environment", "cost-center"];
    const open: Statement = {
      Sid: "Tag",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: "*",
      Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": tagKeys } },
    };
    const closed: Statement = { ...open, Condition: { ...open.Condition, Null: { "aws:TagKeys": "false" } } };
    const tag = (statement: Statement, keys?: string[]) =>
      decide([statement], {
        action: "ec2:CreateTags",
        resource: "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        context: keys ? { "aws:TagKeys": keys } : {},
      });

    assert.deepEqual(
      [tag(open, ["environment"]), tag(open, ["environment", "owner"])],
      ["allowed", "not allowed"],
    );
    assert.deepEqual([tag(open), tag(closed)], ["allowed", "not allowed"]);
  });

  it("denies by ForAnyValue when one value is not in the list", () => {
    // The same page: "Deny … if any of the key names in the request does not match".
    const deny: Statement = {
      Sid: "Deny",
      Effect: "Deny",
      Action: "ec2:CreateTags",
      Resource: "*",
      Condition: { "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["environment"] } },
    };
    const tag = (keys: string[]) =>
      decide([deny], { action: "ec2:CreateTags", resource: "*", context: { "aws:TagKeys": keys } });

    assert.deepEqual([tag(["environment", "owner"]), tag(["environment"])], ["denied", "not allowed"]);
  });

  it("counts all keys of a condition together, and any of a key's values", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
    const read: Statement = {
      Sid: "Read",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "*",
      Condition: {
        StringEqualsIfExists: { "aws:PrincipalTag/job-category": ["iamuser-admin", "operations"] },
        Bool: { "aws:MultiFactorAuthPresent": "true" },
      },
    };
    const ask = (context: Record<string, string>) =>
      decide([read], { action: "s3:ListBucket", resource: "*", context });

    assert.equal(ask({ "aws:MultiFactorAuthPresent": "true" }), "allowed");
    assert.equal(
      ask({ "aws:MultiFactorAuthPresent": "true", "aws:PrincipalTag/job-category": "operations" }),
      "allowed",
    );
    assert.equal(
      ask({ "aws:MultiFactorAuthPresent": "true", "aws:PrincipalTag/job-category": "sales" }),
      "not allowed",
    );
    assert.equal(ask({ "aws:PrincipalTag/job-category": "operations" }), "not allowed");
  });

  it("reads the names of actions and condition keys in any case", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html: keys are case-insensitive.
    const read: Statement = {
      Sid: "Read",
      Effect: "Allow",
      Action: "S3:getobject",
      Resource: "*",
      Condition: { StringEquals: { "AWS:sourcevpce": "vpce-1" } },
    };

    assert.equal(
      decide([read], { action: "s3:GetObject", resource: "*", context: { "aws:SourceVpce": "vpce-1" } }),
      "allowed",
    );
  });
});

describe("decideWithResource", () => {
  it("allows only what both allow, and denies what either denies", () => {
    const use: Statement = { Sid: "Use", Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
    const request = { action: "kms:Decrypt", resource: "arn:aws:kms:us-east-1:111122223333:key/1" };

    assert.equal(decideWithResource([use], [use], request), "allowed");
    assert.equal(decideWithResource([use], [], request), "not allowed");
    assert.equal(decideWithResource([], [use], request), "not allowed");
    assert.equal(decideWithResource([use], [{ ...use, Effect: "Deny" }], request), "denied");
  });
});
