import type { ResourceRule } from "../../../kit";
import { TOPIC } from "./topics";

export const snsCmk: ResourceRule = {
  id: "sns-cmk",
  title: "Topics are encrypted with a customer-managed key",
  severity: "high",
  rationale:
    "CloudWatch, Budgets and EventBridge cannot publish to a topic with the key of AWS, and messages wait in the clear without any.",
  controls: ["CKV_AWS_26", "SNS.1", "AWS-0095", "AWS-0136", "SNSEncryptedKMS", "guard:sns_encrypted_kms"],
  inspects: { [TOPIC]: ["kmsMasterKeyId"] },
  remedy: "Set kmsMasterKeyId to a customer-managed key.",
  check: (topic) => {
    topic.present("kmsMasterKeyId", "messages are not encrypted");
    topic.forbid<string>(
      "kmsMasterKeyId",
      (v) => v.includes("alias/aws/"),
      "messages are encrypted with a key of AWS",
    );
  },
};
