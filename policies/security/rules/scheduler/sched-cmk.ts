import type { ResourceRule } from "../../../kit";

export const schedCmk: ResourceRule = {
  id: "sched-cmk",
  title: "Schedules are encrypted with a customer-managed key",
  severity: "low",
  rationale: "The payload of a schedule is stored with it.",
  controls: ["CKV_AWS_297"],
  inspects: { "aws:scheduler/schedule:Schedule": ["kmsKeyArn"] },
  remedy: "Set kmsKeyArn to a customer-managed key.",
  check: (schedule) => schedule.present("kmsKeyArn", "the schedule's payload has no key of ours"),
};
