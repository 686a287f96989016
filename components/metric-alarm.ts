import type * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { runbookLink } from "../contracts/runbook";

export interface MetricAlarmDecisions {
  /** Physical name, at most 255 characters. */
  readonly alarmName: string;
  /** What is the matter, without a full stop. */
  readonly meaning: string;
  /** Section of the runbook. */
  readonly section: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** Of the values in a period: one of CloudWatch's five, or a percentile. */
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | `p${number}`;
  readonly breaches: { readonly above: number } | { readonly from: number } | { readonly below: number };
  readonly periodSeconds: number;
  /** So many bad periods of so many. @default the first bad one */
  readonly periods?: { readonly bad: number; readonly of: number };
  /**
   * A period without values: it is "fine" where nothing happens without work; it says "nothing" where values come rarely, and
   * CloudWatch then goes by older ones; it is "told" where whoever measures must not stop in silence.
   */
  readonly silence: "fine" | "nothing" | "told";
  /** Whether the end is told too. What has failed once and is over needs none. @default true */
  readonly tellsEnd?: boolean;
  /** Topic that hears of it. */
  readonly topicArn: pulumi.Input<string>;
}

/** An alarm of one metric that says where to read on. */
export function metricAlarm(
  name: string,
  decisions: MetricAlarmDecisions,
  parent: pulumi.Resource,
): cloudwatch.MetricAlarm {
  return new cloudwatch.MetricAlarm(name, metricAlarmArgs(decisions), { parent });
}

function metricAlarmArgs(decisions: MetricAlarmDecisions): cloudwatch.MetricAlarmArgs {
  const { statistic, periods, silence, tellsEnd = true, topicArn } = decisions;
  return {
    name: decisions.alarmName,
    alarmDescription: `${decisions.meaning}. ${runbookLink(decisions.section)}`,
    namespace: decisions.namespace,
    metricName: decisions.metricName,
    dimensions: decisions.dimensions,
    ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
    ...comparisonOf(decisions.breaches),
    period: decisions.periodSeconds,
    evaluationPeriods: periods?.of ?? 1,
    ...(periods === undefined ? {} : { datapointsToAlarm: periods.bad }),
    treatMissingData: silence === "fine" ? "notBreaching" : "missing",
    alarmActions: [topicArn],
    ...(silence === "told" ? { insufficientDataActions: [topicArn] } : {}),
    ...(tellsEnd ? { okActions: [topicArn] } : {}),
  };
}

function comparisonOf(breaches: MetricAlarmDecisions["breaches"]) {
  if ("above" in breaches) return { comparisonOperator: "GreaterThanThreshold", threshold: breaches.above };
  if ("from" in breaches) {
    return { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: breaches.from };
  }
  return { comparisonOperator: "LessThanThreshold", threshold: breaches.below };
}
