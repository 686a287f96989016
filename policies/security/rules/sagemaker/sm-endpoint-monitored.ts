import type { StackRule } from "../../../kit";
import { ENDPOINT } from "./endpoint-configurations";
import { SCHEDULE } from "./monitoring-jobs";

export const smEndpointMonitored: StackRule = {
  id: "sm-endpoint-monitored",
  title: "Every endpoint has a monitoring schedule",
  severity: "medium",
  rationale:
    "Drift that nobody measures is found by the shops. Off by default: Model Monitor is closed to new customers and never covered multi-model endpoints.",
  controls: ["sagemaker_models_monitor_enabled"],
  inspects: { [SCHEDULE]: [], [ENDPOINT]: [] },
  remedy: "Add a MonitoringSchedule for the endpoint, or a job of your own and leave this rule off.",
  optIn: true,
  checkStack: (stack) => {
    if (stack.ofType(SCHEDULE).length > 0) return;
    for (const endpoint of stack.ofType(ENDPOINT)) endpoint.fail("no schedule monitors the endpoint");
  },
};
