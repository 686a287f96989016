import type { ResourceRule } from "../../../kit";

export const schedDlq: ResourceRule = {
  id: "sched-dlq",
  title: "Schedules that cannot start their target say so",
  severity: "medium",
  rationale:
    "A schedule that fails is dropped after its retries, and the night's forecast is simply missing.",
  controls: [],
  inspects: { "aws:scheduler/schedule:Schedule": ["target.deadLetterConfig.arn", "target.retryPolicy"] },
  remedy: "Set target.deadLetterConfig.arn to a queue and target.retryPolicy.",
  check: (schedule) => {
    schedule.present("target.deadLetterConfig.arn", "a start that fails for good is lost");
    schedule.present("target.retryPolicy", "the retries are left to the default of 24 hours");
  },
};
