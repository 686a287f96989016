import type { ResourceRule, RuleFacts } from "../../../kit";
import { QUEUE } from "./queues";
import { TOPIC } from "./topics";

/** A rule that messages are encrypted with a customer-managed key; `absent` is what to say without any key. */
function withOwnKey(
  facts: Omit<RuleFacts, "severity" | "inspects" | "remedy">,
  type: string,
  absent: string,
): ResourceRule {
  return {
    ...facts,
    severity: "high",
    inspects: { [type]: ["kmsMasterKeyId"] },
    remedy: "Set kmsMasterKeyId to a customer-managed key.",
    check: (resource) => {
      resource.present("kmsMasterKeyId", absent);
      resource.forbid<string>(
        "kmsMasterKeyId",
        (key) => key.includes("alias/aws/"),
        "messages are encrypted with a key of AWS",
      );
    },
  };
}

export const snsCmk = withOwnKey(
  {
    id: "sns-cmk",
    title: "Topics are encrypted with a customer-managed key",
    rationale:
      "CloudWatch, Budgets and EventBridge cannot publish to a topic with the key of AWS, and messages wait in the clear without any.",
    controls: ["CKV_AWS_26", "SNS.1", "AWS-0095", "AWS-0136", "SNSEncryptedKMS", "guard:sns_encrypted_kms"],
  },
  TOPIC,
  "messages are not encrypted",
);

export const sqsCmk = withOwnKey(
  {
    id: "sqs-cmk",
    title: "Queues are encrypted with a customer-managed key",
    rationale: "A dead-letter queue keeps business data for days; only a key of ours can be revoked.",
    controls: [
      "CKV_AWS_27",
      "SQS.1",
      "AWS-0096",
      "AWS-0135",
      "SQSQueueSSE",
      "guard:sqs_queue_kms_master_key_id_rule",
    ],
  },
  QUEUE,
  "messages are not encrypted with a key of ours",
);
