import type { ResourceCheck, StackCheck } from "../../../kit";

export const TOPIC = "aws:sns/topic:Topic";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

/** The resources that hold the policy of a topic: the topic itself or a TopicPolicy. */
export function topicPolicyHolders(stack: StackCheck, topic: ResourceCheck): ResourceCheck[] {
  return [...(topic.at("policy").isSet ? [topic] : []), ...stack.referring(topic, TOPIC_POLICY, "arn")];
}
