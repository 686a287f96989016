import type { ResourceRule } from "../../../kit";

export const snsRedrive: ResourceRule = {
  id: "sns-redrive",
  title: "Messages that cannot be delivered are kept",
  severity: "low",
  rationale:
    "SNS drops what an endpoint rejects. E-mail has no dead-letter queue to speak of and is left alone.",
  controls: ["SNSDeadLetterQueue", "SNSRedrivePolicy"],
  inspects: { "aws:sns/topicSubscription:TopicSubscription": ["redrivePolicy", "protocol"] },
  remedy: "Set redrivePolicy with a dead-letter queue.",
  check: (subscription) => {
    const protocol = subscription.at("protocol").read<string>();
    if (protocol === undefined || protocol.startsWith("email") || protocol === "sms") return;
    subscription.present("redrivePolicy", "undelivered messages are lost");
  },
};
