import type { StackRule } from "../../../kit";
import { deniesPlainHttp } from "../../open-grants";
import { policyHolders, QUEUE, QUEUE_POLICY } from "./queues";

export const sqsTls: StackRule = {
  id: "sqs-tls",
  title: "Queues reject requests without TLS",
  severity: "medium",
  rationale: "SQS answers plain HTTP too, and messages then travel in the clear.",
  controls: ["CKV2_AWS_73", "SQSQueueSSLRequestsOnly"],
  inspects: { [QUEUE]: ["policy"], [QUEUE_POLICY]: ["policy"] },
  remedy: "Deny sqs:* to everybody when aws:SecureTransport is false.",
  checkStack: (stack) => {
    for (const queue of stack.ofType(QUEUE)) {
      const holders = policyHolders(stack, queue);
      if (holders.length === 0) queue.fail("the queue has no policy, so plain HTTP is answered");
      for (const holder of holders) {
        const document = holder.policy("policy");
        if (document && !deniesPlainHttp(document, "sqs:SendMessage"))
          holder.fail("the policy lets plain HTTP in", "policy");
      }
    }
  },
};
