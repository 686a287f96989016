import assert from "node:assert/strict";
import type { Statement } from "../../components/policy-document";
import { decide } from "./iam";

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
