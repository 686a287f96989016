import assert from "node:assert/strict";
import { createKeys, keyAlias, type Keys } from "../../stacks/keys";
import { testContext } from "../support/context";
import { find, listing, record } from "../support/record";
import { statementOf, statementsOf } from "../support/statements";

const KEY = "aws:kms/key:Key";
const make = (environment: "dev" | "prod", preview = false) =>
  record(() => void createKeys(testContext(environment)), { preview });
const policyOf = async (purpose: string) => find(await make("prod"), KEY, `${purpose}-key`).inputs.policy;

describe("createKeys", () => {
  it("makes three keys by purpose", async () => {
    assert.deepEqual(listing(await make("dev")), [
      "aws:kms/alias:Alias data-lake-alias",
      "aws:kms/alias:Alias feature-store-alias",
      "aws:kms/alias:Alias operations-alias",
      "aws:kms/key:Key data-lake-key",
      "aws:kms/key:Key feature-store-key",
      "aws:kms/key:Key operations-key",
      "smartretail:keys:EncryptionKey data-lake",
      "smartretail:keys:EncryptionKey feature-store",
      "smartretail:keys:EncryptionKey operations",
      "smartretail:slice:Keys keys",
    ]);
  });

  it("hands out aliases that are known beforehand", async () => {
    const context = testContext("prod");
    let keys: Keys | undefined;
    await record(() => void (keys = createKeys(context)));

    assert.equal(keys?.dataLake.aliasName, "alias/smartretail-prod-data-lake");
    assert.equal(keys.featureStore.aliasName, keyAlias(context, "feature-store"));
    assert.equal(keys.operations.aliasName, "alias/smartretail-prod-operations");
  });

  it("keeps prod's keys from deletion, and dev's for as short as its settings say", async () => {
    const prod = find(await make("prod"), KEY, "data-lake-key");
    const dev = find(await make("dev"), KEY, "data-lake-key");

    assert.deepEqual([prod.protect, prod.inputs.deletionWindowInDays], [true, 30]);
    assert.deepEqual([dev.protect, dev.inputs.deletionWindowInDays], [false, 14]);
  });

  it("lets only the environment's own roles and the deployers use a key", async () => {
    for (const purpose of ["data-lake", "feature-store", "operations"]) {
      assert.deepEqual(statementOf(await policyOf(purpose), "AllowRolesUseKey").Condition?.ArnLike, {
        "aws:PrincipalArn": [
          "arn:aws:iam::123456789012:role/smartretail-deployer",
          "arn:aws:iam::123456789012:role/smartretail-prod-*",
        ],
      });
    }
  });

  it("opens the lake's key through storage and SageMaker only", async () => {
    assert.deepEqual(statementOf(await policyOf("data-lake"), "AllowRolesUseKey").Condition?.StringEquals, {
      "kms:ViaService": [
        "elasticfilesystem.ap-northeast-1.amazonaws.com",
        "s3.ap-northeast-1.amazonaws.com",
        "sagemaker.ap-northeast-1.amazonaws.com",
      ],
    });
  });

  it("asks for no service in between where the offline store uses the key itself", async () => {
    assert.doesNotMatch(String(await policyOf("feature-store")), /kms:ViaService/);
  });

  it("lets logs encrypt the account's log groups", async () => {
    const statement = statementOf(await policyOf("operations"), "AllowLogGroupEncryption");

    assert.deepEqual(statement.Principal, { Service: "logs.ap-northeast-1.amazonaws.com" });
    assert.deepEqual(statement.Condition, {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-1:123456789012:log-group:*",
      },
    });
  });

  it("lets services send to the environment's topics, for this account", async () => {
    const statement = statementOf(await policyOf("operations"), "AllowPublishersToEncryptedTopics");

    assert.deepEqual(statement.Principal, { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] });
    assert.deepEqual(statement.Condition, {
      ArnLike: {
        "kms:EncryptionContext:aws:sns:topicArn":
          "arn:aws:sns:ap-northeast-1:123456789012:smartretail-prod-*",
      },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    });
  });

  it("asks EventBridge for the topic or queue alone, for it says nothing of the account to a key", async () => {
    const events = statementsOf(await policyOf("operations")).filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"events.amazonaws.com"}',
    );

    assert.deepEqual(
      events.map(({ Condition }) => Condition),
      [
        {
          ArnLike: {
            "kms:EncryptionContext:aws:sns:topicArn":
              "arn:aws:sns:ap-northeast-1:123456789012:smartretail-prod-*",
          },
        },
        {
          ArnLike: {
            "kms:EncryptionContext:aws:sqs:arn": "arn:aws:sqs:ap-northeast-1:123456789012:smartretail-prod-*",
          },
        },
      ],
    );
  });

  it("scopes every service that acts for itself", async () => {
    for (const purpose of ["data-lake", "feature-store", "operations"]) {
      const services = statementsOf(await policyOf(purpose)).filter(({ Principal }) =>
        JSON.stringify(Principal).includes("Service"),
      );

      assert.equal(services.length, purpose === "operations" ? 5 : 0);
      assert.ok(
        services.every(({ Condition }) => /aws:Source|kms:EncryptionContext/.test(JSON.stringify(Condition))),
      );
    }
  });

  it("knows every policy in a first preview", async () => {
    const keys = (await make("prod", true)).resources.filter(({ type }) => type === KEY);

    assert.equal(keys.length, 3);
    for (const { inputs } of keys) assert.ok(statementsOf(inputs.policy).length >= 4);
  });
});
