import type { StackRule } from "../../../kit";
import { ALARM } from "../tokens";

export const costAlarmCount: StackRule = {
  id: "cost-alarm-count",
  title: "The stack has no more alarms than somebody answers",
  severity: "low",
  rationale: "Each metric of an alarm is billed, and a hundred alarms are as good as none.",
  remedy: "Combine alarms by metric math or a composite alarm.",
  controls: [],
  inspects: { [ALARM]: [] },
  options: {
    maximum: { type: "integer", minimum: 0, description: "Most metric alarms of the stack.", default: 60 },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const alarms = stack.ofType(ALARM);
    if (alarms.length > maximum)
      stack.fail(`the stack has ${alarms.length} metric alarms, ${maximum} at most are planned for`);
  },
};
