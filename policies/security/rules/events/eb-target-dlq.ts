import type { ResourceRule } from "../../../kit";

export const ebTargetDlq: ResourceRule = {
  id: "eb-target-dlq",
  title: "Events that cannot be delivered are kept",
  severity: "medium",
  rationale:
    "EventBridge drops an event after a day of retries, and nobody learns that a pipeline did not start.",
  controls: ["EventBusDLQ"],
  inspects: { "aws:cloudwatch/eventTarget:EventTarget": ["deadLetterConfig.arn", "retryPolicy"] },
  remedy: "Set deadLetterConfig.arn to a queue and a retryPolicy.",
  check: (target) => {
    target.present("deadLetterConfig.arn", "undelivered events are lost");
    target.present("retryPolicy", "the retries are left to the default of 24 hours");
  },
};
