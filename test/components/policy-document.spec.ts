import assert from "node:assert/strict";
import { policyDocument, type Statement } from "../../components/policy-document";

const statement: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: ["s3:ListBucket", "s3:GetObject"],
  Resource: "arn:aws:s3:::lake/*",
};

describe("policyDocument", () => {
  it("gives the same text for the same rights in another order", () => {
    const turned: Statement = {
      Resource: "arn:aws:s3:::lake/*",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Effect: "Allow",
      Sid: "Read",
    };

    assert.equal(policyDocument([turned]), policyDocument([statement]));
    assert.equal(
      policyDocument([statement]),
      '{"Statement":[{"Action":["s3:GetObject","s3:ListBucket"],"Effect":"Allow","Resource":"arn:aws:s3:::lake/*","Sid":"Read"}],"Version":"2012-10-17"}',
    );
  });

  it("sorts the values of conditions", () => {
    const document = policyDocument([
      { ...statement, Condition: { StringEquals: { "aws:SourceAccount": ["2", "1"] } } },
    ]);

    assert.match(document, /"aws:SourceAccount":\["1","2"\]/);
  });

  it("keeps the order of the statements", () => {
    const document = policyDocument([
      { ...statement, Sid: "Z" },
      { ...statement, Sid: "A" },
    ]);

    assert.ok(document.indexOf('"Sid":"Z"') < document.indexOf('"Sid":"A"'));
  });

  it("rejects a statement name that IAM does not take", () => {
    assert.throws(() => policyDocument([{ ...statement, Sid: "read it" }]), {
      message: 'statement "read it": allowed are letters and digits',
    });
  });

  it("rejects a statement name twice", () => {
    assert.throws(() => policyDocument([statement, statement]), {
      message: 'statement "Read" stands twice in one document',
    });
  });

  it("rejects a statement without actions or resources", () => {
    assert.throws(() => policyDocument([{ ...statement, Action: [] }]), {
      message: 'statement "Read" has no actions',
    });
    assert.throws(() => policyDocument([{ ...statement, Resource: [] }]), {
      message: 'statement "Read" has no resources',
    });
  });
});
