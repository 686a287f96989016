import { propertyTexts, type ResourceCheck, type StackCheck, type StackRule } from "../../../kit";
import { QUEUE, REDRIVE_POLICY } from "./queues";

export const sqsDlq: StackRule = {
  id: "sqs-dlq",
  title: "Every queue has a dead-letter queue or is one",
  severity: "medium",
  rationale: "A message that always fails is otherwise tried until it expires, and then lost.",
  controls: ["SQSQueueDLQ", "SQSRedrivePolicy"],
  inspects: { [QUEUE]: ["redrivePolicy"], [REDRIVE_POLICY]: ["redrivePolicy"] },
  remedy: "Set redrivePolicy with a dead-letter queue.",
  checkStack: (stack) => {
    for (const queue of stack.ofType(QUEUE)) {
      if (queue.at("redrivePolicy").isSet || stack.referring(queue, REDRIVE_POLICY, "queueUrl").length > 0)
        continue;
      if (!isDeadLetterQueue(stack, queue)) queue.fail("messages that always fail are lost", "redrivePolicy");
    }
  },
};

/** A queue that another resource names for its failures, in a property that says so. */
function isDeadLetterQueue(stack: StackCheck, queue: ResourceCheck): boolean {
  const arn = queue.at("arn").known;
  const says = /deadLetter|redrive|onFailure/i;
  return stack.resources.some((resource) => {
    const sources = resource.raw.propertyDependencies ?? {};
    return [...propertyTexts(resource.raw)].some(
      ([property, text]) =>
        (sources[property]?.includes(queue.urn) === true ||
          (typeof arn === "string" && text.includes(arn))) &&
        (says.test(property) || says.test(text)),
    );
  });
}
