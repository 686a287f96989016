import type { ResourceRule } from "../../../kit";

export const alarmMissingData: ResourceRule = {
  id: "alarm-missing-data",
  title: "Alarms say what missing data means",
  severity: "low",
  rationale: "By default an alarm without data keeps its state: the metric of a dead job stays green.",
  controls: [],
  inspects: { "aws:cloudwatch/metricAlarm:MetricAlarm": ["treatMissingData"] },
  remedy: 'Set treatMissingData to "breaching", "notBreaching", "ignore" or "missing".',
  check: (alarm) => alarm.present("treatMissingData", "nobody decided what missing data means"),
};
