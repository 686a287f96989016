import assert from "node:assert/strict";
import { AlertTopic } from "../../components/alert-topic";
import { find, listing, record } from "../support/record";

const ARGS = {
  topicName: "smartretail-dev-alerts",
  displayName: "SmartRetail dev alerts",
  accountId: "123456789012",
  region: "ap-northeast-1",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/abc",
  publishers: ["events.amazonaws.com", "cloudwatch.amazonaws.com"],
  emails: ["one@example.jp", "two@example.jp"],
} as const;

describe("AlertTopic", () => {
  it("makes an encrypted topic, its policy and a subscription per address", async () => {
    const recording = await record(() => void new AlertTopic("alerts", ARGS));

    assert.deepEqual(listing(recording), [
      "aws:sns/topic:Topic alerts-topic",
      "aws:sns/topicPolicy:TopicPolicy alerts-policy",
      "aws:sns/topicSubscription:TopicSubscription alerts-one@example.jp",
      "aws:sns/topicSubscription:TopicSubscription alerts-two@example.jp",
      "smartretail:operations:AlertTopic alerts",
    ]);
    assert.equal(find(recording, "aws:sns/topic:Topic").inputs.kmsMasterKeyId, ARGS.kmsKeyArn);
  });

  it("lets the named services of this account publish, over TLS only", async () => {
    const recording = await record(() => void new AlertTopic("alerts", ARGS));

    const { policy } = find(recording, "aws:sns/topicPolicy:TopicPolicy").inputs;
    const { Statement } = JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] };
    const [allow, deny] = Statement;
    assert.deepEqual(allow?.Principal, { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] });
    assert.deepEqual(allow?.Condition, { StringEquals: { "aws:SourceAccount": "123456789012" } });
    assert.equal(allow?.Resource, "arn:aws:sns:ap-northeast-1:123456789012:smartretail-dev-alerts");
    assert.equal(deny?.Effect, "Deny");
    assert.deepEqual(deny?.Condition, { Bool: { "aws:SecureTransport": "false" } });
  });

  it("knows its policy in a preview", async () => {
    const recording = await record(() => void new AlertTopic("alerts", ARGS), { preview: true });

    assert.equal(typeof find(recording, "aws:sns/topicPolicy:TopicPolicy").inputs.policy, "string");
  });
});
