import type { ResourceCheck, RuleFacts, StackCheck, StackRule } from "../../../kit";
import { requireTls } from "../../open-grants";
import { queuePolicyHolders, QUEUE, QUEUE_POLICY } from "./queues";
import { topicPolicyHolders, TOPIC, TOPIC_POLICY } from "./topics";

interface Messaging {
  readonly type: string;
  readonly policyType: string;
  readonly noun: string;
  /** The action that must be denied without TLS. */
  readonly action: string;
  readonly policyHolders: (stack: StackCheck, resource: ResourceCheck) => ResourceCheck[];
}

/** A rule that every topic or queue has a policy which denies requests without TLS. */
function tlsOnly(
  facts: Omit<RuleFacts, "severity" | "inspects">,
  { type, policyType, noun, action, policyHolders }: Messaging,
): StackRule {
  return {
    ...facts,
    severity: "medium",
    inspects: { [type]: ["policy"], [policyType]: ["policy"] },
    checkStack: (stack) => {
      for (const resource of stack.ofType(type))
        requireTls(resource, policyHolders(stack, resource), noun, action);
    },
  };
}

export const snsTls = tlsOnly(
  {
    id: "sns-tls",
    title: "Topics reject requests without TLS",
    rationale: "SNS answers plain HTTP too, and alarms then travel in the clear.",
    controls: ["CKV_AWS_385", "SNSTopicSSLPublishOnly", "SNSTopicSSLRequestsOnly"],
    remedy: "Deny sns:Publish to everybody when aws:SecureTransport is false.",
  },
  {
    type: TOPIC,
    policyType: TOPIC_POLICY,
    noun: "topic",
    action: "sns:Publish",
    policyHolders: topicPolicyHolders,
  },
);

export const sqsTls = tlsOnly(
  {
    id: "sqs-tls",
    title: "Queues reject requests without TLS",
    rationale: "SQS answers plain HTTP too, and messages then travel in the clear.",
    controls: ["CKV2_AWS_73", "SQSQueueSSLRequestsOnly"],
    remedy: "Deny sqs:* to everybody when aws:SecureTransport is false.",
  },
  {
    type: QUEUE,
    policyType: QUEUE_POLICY,
    noun: "queue",
    action: "sqs:SendMessage",
    policyHolders: queuePolicyHolders,
  },
);
