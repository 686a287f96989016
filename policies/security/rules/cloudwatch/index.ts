import type { Rule } from "../../../kit";
import { alarmActions } from "./alarm-actions";
import { alarmDimensions } from "./alarm-dimensions";
import { alarmMissingData } from "./alarm-missing-data";
import { endpointAlarmsExist } from "./endpoint-alarms-exist";
import { logsCmk } from "./logs-cmk";
import { logsRetentionWindow } from "./logs-retention-window";

/** The rules about cloudwatch, in alphabetical order. */
export const cloudwatchRules: readonly Rule[] = [
  alarmActions,
  alarmDimensions,
  alarmMissingData,
  endpointAlarmsExist,
  logsCmk,
  logsRetentionWindow,
];
