import { jsonata } from "../../asl/expression";
import type { Json, TaskState } from "../../asl/states";
import type { MachinePlace } from "../place";
import { callTask } from "./call";

/** SNS: a subject has at most 100 characters, all of them ASCII. */
const SUBJECT_MAX = 100;

/**
 * Tells people.
 *
 * @param subject source
 * @param message source of an object: who reads it by mail sees JSON with a line a field
 */
export function notify(topicArn: string, subject: string, message: string): TaskState {
  return callTask("sns:publish", {
    TopicArn: topicArn,
    Subject: jsonata(`$substring(${subject}, 0, ${SUBJECT_MAX})`),
    Message: jsonata(`$string(${message}, true)`),
  });
}

/** Publishes metrics. @param data source of a list of MetricDatum */
export function putMetrics(namespace: string, data: string): TaskState {
  return callTask("aws-sdk:cloudwatch:putMetricData", { Namespace: namespace, MetricData: jsonata(data) });
}

/** Announces a change on the account's bus, under the platform's own source. */
export function announce(detailType: string, detail: Readonly<Record<string, Json>>): TaskState {
  return callTask("events:putEvents", {
    Entries: [{ Source: "smartretail", DetailType: detailType, EventBusName: "default", Detail: detail }],
  });
}

/** Alerts of the platform itself. */
export const alertTopic = ({ topics }: MachinePlace) => topics.alerts;
/** Events of the models: refusals, proposals, changes. */
export const modelTopic = ({ topics }: MachinePlace) => topics.models;
