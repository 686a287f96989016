import assert from "node:assert/strict";
import { conditionHolds, updated } from "../../../runtime/pipelines/local/condition";

const item = { claim: { S: "nightly#1" }, status: { S: "running" }, leaseUntil: { N: "100" } };
const expressions = {
  ExpressionAttributeNames: { "#status": "status" },
  ExpressionAttributeValues: { ":running": { S: "running" }, ":now": { N: "99" }, ":text": { S: "99" } },
};
const holds = (condition: string, of: object = item) => conditionHolds(condition, of as never, expressions);

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
describe("conditions of writes", () => {
  it("compares numbers as numbers, and AND before OR", () => {
    assert.equal(holds("leaseUntil > :now"), true);
    assert.equal(holds("leaseUntil < :now"), false);
    assert.equal(holds("attribute_not_exists(claim) OR #status = :running AND leaseUntil < :now"), false);
    assert.equal(holds("(attribute_exists(claim) OR #status = :running) AND NOT leaseUntil < :now"), true);
  });

  it("equals and orders nothing that is missing or of another type", () => {
    assert.equal(holds("coolDownUntil < :now"), false);
    assert.equal(holds("coolDownUntil <> :now"), true);
    assert.equal(holds("leaseUntil > :text"), false);
    assert.equal(holds("attribute_not_exists(claim)", {}), true);
  });

  it("rejects what it does not know", () => {
    assert.throws(
      () => holds("size(claim) > :now"),
      /ConditionExpression "size\(claim\) > :now" is not known here/,
    );
    assert.throws(() => holds("#other = :now"), /#other is not among ExpressionAttributeNames/);
    assert.throws(() => updated("REMOVE claim", item, expressions), /only SET is known here/);
  });

  it("sets attributes and keeps the others", () => {
    assert.deepEqual(updated("SET #status = :text, more = :now", item, expressions), {
      ...item,
      status: { S: "99" },
      more: { N: "99" },
    });
  });
});
