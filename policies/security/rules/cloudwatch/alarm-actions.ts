import type { ResourceRule } from "../../../kit";

const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];

export const alarmActions: ResourceRule = {
  id: "alarm-actions",
  title: "Alarms tell somebody",
  severity: "medium",
  rationale: "An alarm without an action turns red on a page that nobody has open.",
  controls: [
    "CKV_AWS_319",
    "CloudWatch.15",
    "CloudWatch.17",
    "CloudWatchAlarmAction",
    "guard:cloudwatch_alarm_action_check",
  ],
  inspects: Object.fromEntries(ALARMS.map((type) => [type, ["alarmActions", "actionsEnabled"]])),
  remedy: "Set alarmActions to a topic and leave actionsEnabled on.",
  check: (alarm) => {
    alarm.present("alarmActions", "nobody is told");
    alarm.forbid<boolean>("actionsEnabled", (v) => !v, "the alarm's actions are switched off");
  },
};
