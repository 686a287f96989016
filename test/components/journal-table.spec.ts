import assert from "node:assert/strict";
import { JournalTable, type JournalTableArgs } from "../../components/journal-table";
import { find, listing, record } from "../support/record";

const TYPE = "aws:dynamodb/table:Table";
const args: JournalTableArgs = {
  tableName: "shop-experiments",
  partitionKey: "category",
  sortKey: "revision",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/operations",
  isProtected: true,
};

const recordTable = (changes: Partial<JournalTableArgs> = {}) =>
  record(() => void new JournalTable("journal", { ...args, ...changes }));

describe("JournalTable", () => {
  it("makes one table", async () => {
    assert.deepEqual(listing(await recordTable()), [
      `${TYPE} journal-table`,
      "smartretail:data:JournalTable journal",
    ]);
  });

  it("orders records by a number, is billed by request, encrypted and restorable", async () => {
    const { inputs, protect } = find(await recordTable(), TYPE);

    assert.deepEqual(inputs, {
      name: "shop-experiments",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "category",
      rangeKey: "revision",
      attributes: [
        { name: "category", type: "S" },
        { name: "revision", type: "N" },
      ],
      serverSideEncryption: { enabled: true, kmsKeyArn: args.kmsKeyArn },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
    assert.equal(protect, true);
  });

  it("can be deleted where nothing is protected", async () => {
    const { inputs, protect } = find(await recordTable({ isProtected: false }), TYPE);
    assert.deepEqual([inputs.deletionProtectionEnabled, protect ?? false], [false, false]);
  });

  it("rejects a name that DynamoDB would reject", async () => {
    await assert.rejects(
      recordTable({ tableName: "a/b" }),
      /table name is "a\/b"; allowed: 3 to 255 letters/,
    );
  });
});
