import type { ResourceRule } from "../../../kit";
import { QUEUE } from "./queues";

export const sqsCmk: ResourceRule = {
  id: "sqs-cmk",
  title: "Queues are encrypted with a customer-managed key",
  severity: "high",
  rationale: "A dead-letter queue keeps business data for days; only a key of ours can be revoked.",
  controls: [
    "CKV_AWS_27",
    "SQS.1",
    "AWS-0096",
    "AWS-0135",
    "SQSQueueSSE",
    "guard:sqs_queue_kms_master_key_id_rule",
  ],
  inspects: { [QUEUE]: ["kmsMasterKeyId"] },
  remedy: "Set kmsMasterKeyId to a customer-managed key.",
  check: (queue) => {
    queue.present("kmsMasterKeyId", "messages are not encrypted with a key of ours");
    queue.forbid<string>(
      "kmsMasterKeyId",
      (v) => v.includes("alias/aws/"),
      "messages are encrypted with a key of AWS",
    );
  },
};
