import assert from "node:assert/strict";
import { ClaimsTable } from "../../components/claims-table";
import { find, listing, record } from "../support/record";

const ARGS = {
  tableName: "smartretail-dev-run-claims",
  key: "claim",
  expiry: "expiresAt",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/abc",
  protect: true,
};

describe("ClaimsTable", () => {
  it("makes one table by one text key, encrypted, restorable, emptied by itself", async () => {
    const recording = await record(() => void new ClaimsTable("claims", ARGS));

    assert.deepEqual(listing(recording), [
      "aws:dynamodb/table:Table claims-table",
      "smartretail:pipelines:ClaimsTable claims",
    ]);
    const { inputs } = find(recording, "aws:dynamodb/table:Table");
    assert.deepEqual(inputs, {
      attributes: [{ name: "claim", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      deletionProtectionEnabled: true,
      hashKey: "claim",
      name: "smartretail-dev-run-claims",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: ARGS.kmsKeyArn },
      ttl: { attributeName: "expiresAt", enabled: true },
    });
  });

  it("can be deleted where the environment may be", async () => {
    const recording = await record(() => void new ClaimsTable("claims", { ...ARGS, protect: false }));

    assert.equal(find(recording, "aws:dynamodb/table:Table").inputs.deletionProtectionEnabled, false);
  });
});
