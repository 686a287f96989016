import assert from "node:assert/strict";
import { EncryptionKey, type EncryptionKeyArgs } from "../../components/encryption-key";
import { find, listing, record } from "../support/record";
import { actionsOf, statementOf, statementsOf } from "../support/statements";

const KEY = "aws:kms/key:Key";
const DEPLOYER = "arn:aws:iam::123456789012:role/deployer";
const ROOT = "arn:aws:iam::123456789012:root";
const USERS = "arn:aws:iam::123456789012:role/lake-*";

const args: EncryptionKeyArgs = {
  aliasName: "alias/lake",
  description: "Objects of the lake",
  accountId: "123456789012",
  administratorArns: [DEPLOYER],
  userArns: [USERS],
  deletionWindowDays: 30,
  protect: true,
};

const keyOf = async (changes: Partial<EncryptionKeyArgs> = {}, preview = false) =>
  find(await record(() => void new EncryptionKey("lake", { ...args, ...changes }), { preview }), KEY);

describe("EncryptionKey", () => {
  it("makes a key and its alias", async () => {
    const recording = await record(() => void new EncryptionKey("lake", args));

    assert.deepEqual(listing(recording), [
      "aws:kms/alias:Alias lake-alias",
      "aws:kms/key:Key lake-key",
      "smartretail:keys:EncryptionKey lake",
    ]);
    assert.equal(find(recording, "aws:kms/alias:Alias").inputs.name, "alias/lake");
  });

  it("rotates yearly and waits before it is gone", async () => {
    const { inputs } = await keyOf();

    assert.equal(inputs.enableKeyRotation, true);
    assert.equal(inputs.rotationPeriodInDays, 365);
    assert.equal(inputs.deletionWindowInDays, 30);
    assert.equal(inputs.description, "Objects of the lake");
    assert.equal(inputs.bypassPolicyLockoutSafetyCheck, undefined);
  });

  it("is protected where it is told to be", async () => {
    assert.equal((await keyOf()).protect, true);
    assert.equal((await keyOf({ protect: false })).protect, false);
  });

  it("lets the root user and the administrators administer, but not use or grant", async () => {
    const statement = statementOf((await keyOf()).inputs.policy, "AllowKeyAdministration");

    assert.deepEqual(statement.Principal, { AWS: ROOT });
    assert.deepEqual(statement.Condition, { ArnLike: { "aws:PrincipalArn": [DEPLOYER, ROOT] } });
    assert.ok(actionsOf(statement).includes("kms:PutKeyPolicy"));
    const uses = /^kms:(\*|Decrypt|Encrypt|GenerateDataKey|ReEncrypt|CreateGrant)/;
    assert.deepEqual(
      actionsOf(statement).filter((action) => uses.test(action)),
      [],
    );
  });

  it("lets users use it directly when no service is named", async () => {
    const statement = statementOf((await keyOf()).inputs.policy, "AllowRolesUseKey");

    assert.deepEqual(statement.Condition, { ArnLike: { "aws:PrincipalArn": [DEPLOYER, USERS] } });
  });

  it("lets users use it through the named services only", async () => {
    const { inputs } = await keyOf({ viaServices: ["s3.eu-west-1.amazonaws.com"] });

    assert.deepEqual(statementOf(inputs.policy, "AllowRolesUseKey").Condition, {
      ArnLike: { "aws:PrincipalArn": [DEPLOYER, USERS] },
      StringEquals: { "kms:ViaService": ["s3.eu-west-1.amazonaws.com"] },
    });
  });

  it("lets users grant it to AWS services only", async () => {
    const document = (await keyOf()).inputs.policy;

    const granting = statementsOf(document).filter((statement) =>
      actionsOf(statement).includes("kms:CreateGrant"),
    );

    assert.deepEqual(
      granting.map(({ Sid }) => Sid),
      ["AllowRolesCreateGrants"],
    );
    assert.deepEqual(granting[0]?.Condition?.Bool, { "kms:GrantIsForAWSResource": "true" });
  });

  it("adds the rights of services", async () => {
    const { inputs } = await keyOf({
      serviceStatements: [
        {
          Sid: "LogsEncrypt",
          Effect: "Allow",
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Action: "kms:Encrypt",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });

    assert.deepEqual(statementOf(inputs.policy, "LogsEncrypt").Principal, {
      Service: "logs.eu-west-1.amazonaws.com",
    });
  });

  it("shows its policy in a first preview", async () => {
    const { inputs } = await keyOf({}, true);

    assert.equal(statementsOf(inputs.policy).length, 4);
  });

  it("rejects an alias that is none, or of AWS", async () => {
    for (const aliasName of ["lake", "alias/aws/s3", "alias/"]) {
      await assert.rejects(keyOf({ aliasName }), {
        message: `lake: aliasName is "${aliasName}"; allowed: alias/<name>, where the name is not of aws/`,
      });
    }
  });

  it("rejects a waiting period that KMS does not know", async () => {
    for (const deletionWindowDays of [6, 31, 7.5]) {
      await assert.rejects(keyOf({ deletionWindowDays }), {
        message: `lake: deletionWindowDays is ${deletionWindowDays}; allowed: an integer from 7 to 30`,
      });
    }
  });
});
