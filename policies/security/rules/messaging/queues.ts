import type { ResourceCheck, StackCheck } from "../../../kit";

export const QUEUE = "aws:sqs/queue:Queue";
export const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
export const REDRIVE_POLICY = "aws:sqs/redrivePolicy:RedrivePolicy";

/** The resources that hold the policy of a queue: the queue itself or a QueuePolicy. */
export function queuePolicyHolders(stack: StackCheck, queue: ResourceCheck): ResourceCheck[] {
  return [...(queue.at("policy").isSet ? [queue] : []), ...stack.referring(queue, QUEUE_POLICY, "queueUrl")];
}
