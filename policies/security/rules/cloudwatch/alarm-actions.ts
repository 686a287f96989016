import type { ResourceRule } from "../../../kit";

const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];

export const alarmActions: ResourceRule = {
  id: "alarm-actions",
  title: "Alarms tell somebody",
  severity: "medium",
  rationale: "An alarm without an action turns red on a page that nobody has open.",
  anchors: [
    "CKV_AWS_319",
    "CloudWatchAlarmAction",
    "CLOUDWATCH_ALARM_ACTION_CHECK",
    "CloudWatch.15",
    "CloudWatch.17",
    "cloudwatch-alarm-action-check",
    "cloudwatch-alarm-action-enabled-check",
    "cloudwatch_alarm_actions_enabled",
    "cloudwatch_alarm_actions_alarm_state_configured",
  ],
  guards: Object.fromEntries(ALARMS.map((type) => [type, ["alarmActions", "actionsEnabled"]])),
  remedy: "Set alarmActions to a topic and leave actionsEnabled on.",
  check: (alarm) => {
    alarm.present("alarmActions", "nobody is told");
    alarm.forbid<boolean>("actionsEnabled", (v) => !v, "the alarm's actions are switched off");
  },
};
