import type * as pulumi from "@pulumi/pulumi";
import type * as kms from "@pulumi/aws/kms";
import { EncryptionKey } from "../components/encryption-key";
import type { Statement } from "../components/policy-document";
import { Slice } from "../components/slice";
import { administratorArns } from "./administrators";
import type { Context } from "./context";

interface PlatformKey {
  readonly key: kms.Key;
  readonly arn: pulumi.Output<string>;
  /** Plain, e.g. `alias/smartretail-prod-data-lake`. */
  readonly aliasName: string;
}

export interface Keys {
  /** Buckets, volumes of jobs and Studio, endpoints. */
  readonly dataLake: PlatformKey;
  /** Online and offline store. */
  readonly featureStore: PlatformKey;
  /** Logs, topics, queues, images: what the platform says of itself. */
  readonly operations: PlatformKey;
}

type KeyPurpose = "data-lake" | "feature-store" | "operations";

/** Alias of a key, known before the key exists: IAM documents are scoped by it. */
export function keyAlias(context: Pick<Context, "prefix">, purpose: KeyPurpose): string {
  return `alias/${context.prefix}-${purpose}`;
}

/** Three keys by purpose, so that whoever may read logs cannot read the lake, and losing one loses one thing. */
export function createKeys(context: Context): Keys {
  const slice = new Slice("keys");
  const { accountId, region, prefix, settings } = context;
  const create = (
    purpose: KeyPurpose,
    args: { description: string; viaServices?: string[]; serviceStatements?: Statement[] },
  ): PlatformKey => {
    const aliasName = keyAlias(context, purpose);
    const { key } = new EncryptionKey(
      purpose,
      {
        ...args,
        aliasName,
        accountId,
        administratorArns: administratorArns(context),
        userArns: [`arn:aws:iam::${accountId}:role/${prefix}-*`],
        deletionWindowDays: settings.kmsDeletionWindowDays,
        protect: settings.protectData,
      },
      { parent: slice },
    );
    return { key, arn: key.arn, aliasName };
  };
  return {
    dataLake: create("data-lake", {
      description: "Objects of the data lake, volumes of jobs, Studio and endpoints",
      viaServices: ["elasticfilesystem", "s3", "sagemaker"].map(
        (service) => `${service}.${region}.amazonaws.com`,
      ),
    }),
    // No kms:ViaService: the offline store's writer uses the key directly, and CreateFeatureGroup fails with one.
    featureStore: create("feature-store", { description: "Online and offline feature store" }),
    operations: create("operations", {
      description: "Logs, notifications, queues and container images",
      serviceStatements: operationsStatements(context),
    }),
  };
}

/** AWS services that write logs and messages on their own behalf. */
function operationsStatements({ accountId, region, prefix }: Context): Statement[] {
  const topics = {
    "kms:EncryptionContext:aws:sns:topicArn": `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
  };
  return [
    {
      Sid: "AllowLogGroupEncryption",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` },
      },
    },
    {
      // Step Functions' log of an encrypted machine: CloudWatch's delivery reads what the machine has encrypted.
      // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
      Sid: "AllowLogDeliveryOfStateMachines",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: {
          "kms:EncryptionContext:aws:states:stateMachineArn": `arn:aws:states:${region}:${accountId}:stateMachine:${prefix}-*`,
        },
      },
    },
    {
      Sid: "AllowPublishersToEncryptedTopics",
      Effect: "Allow",
      Principal: { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { ArnLike: topics, StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      // EventBridge sends a key neither aws:SourceAccount nor aws:SourceArn: a statement that asks for them drops every event.
      // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html. The topic's own policy asks for the account.
      Sid: "AllowRulesToEncryptedTopics",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { ArnLike: topics },
    },
    {
      Sid: "AllowRulesToEncryptedQueues",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:sqs:arn": `arn:aws:sqs:${region}:${accountId}:${prefix}-*` },
      },
    },
  ];
}
