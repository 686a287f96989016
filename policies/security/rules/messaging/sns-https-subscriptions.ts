import type { ResourceRule } from "../../../kit";

export const snsHttpsSubscriptions: ResourceRule = {
  id: "sns-https-subscriptions",
  title: "Messages are delivered over TLS",
  severity: "medium",
  rationale: "A plain HTTP endpoint gets every alarm readable on the way.",
  controls: [],
  inspects: { "aws:sns/topicSubscription:TopicSubscription": ["protocol"] },
  remedy: 'Use the protocol "https", or e-mail, SQS or Lambda.',
  check: (subscription) =>
    subscription.forbid<string>("protocol", (v) => v === "http", "messages are delivered in the clear"),
};
