import type { StackRule } from "../../../kit";
import { deniesPlainHttp } from "../../open-grants";
import { policyHolders, TOPIC, TOPIC_POLICY } from "./topics";

export const snsTls: StackRule = {
  id: "sns-tls",
  title: "Topics reject requests without TLS",
  severity: "medium",
  rationale: "SNS answers plain HTTP too, and alarms then travel in the clear.",
  controls: ["CKV_AWS_385", "SNSTopicSSLPublishOnly", "SNSTopicSSLRequestsOnly"],
  inspects: { [TOPIC]: ["policy"], [TOPIC_POLICY]: ["policy"] },
  remedy: "Deny sns:Publish to everybody when aws:SecureTransport is false.",
  checkStack: (stack) => {
    for (const topic of stack.ofType(TOPIC)) {
      const holders = policyHolders(stack, topic);
      if (holders.length === 0) topic.fail("the topic has no policy, so plain HTTP is answered");
      for (const holder of holders) {
        const document = holder.policy("policy");
        if (document && !deniesPlainHttp(document, "sns:Publish"))
          holder.fail("the policy lets plain HTTP in", "policy");
      }
    }
  },
};
