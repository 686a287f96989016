import type * as pulumi from "@pulumi/pulumi";
import * as sqs from "@pulumi/aws/sqs";
import { metricAlarm } from "./metric-alarm";
import { sortedJson } from "./sorted-json";

interface UndeliveredQueueArgs {
  /** Physical name, at most 80 characters. */
  readonly queueName: string;
  readonly queueArn: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: string;
  /** What a message in it means. */
  readonly meaning: string;
  /** Section of the runbook. */
  readonly section: string;
  /** EventBridge rules that put events into it. Whoever has a role of their own needs no permission here. @default none */
  readonly ruleArns?: readonly string[];
}

/** SQS keeps a message two weeks at most. */
const QUEUE_SECONDS = 14 * 86_400;

/** An encrypted queue of what could not be delivered, with an alarm as soon as something is in it. */
export function undeliveredQueue(
  name: string,
  args: UndeliveredQueueArgs,
  parent: pulumi.Resource,
): sqs.Queue {
  const { queueName, queueArn, ruleArns = [] } = args;
  const queue = new sqs.Queue(
    name,
    { name: queueName, kmsMasterKeyId: args.kmsKeyArn, messageRetentionSeconds: QUEUE_SECONDS },
    { parent },
  );
  new sqs.QueuePolicy(
    `${name}-policy`,
    { queueUrl: queue.id, policy: sortedJson(queuePolicy(queueArn, ruleArns)) },
    { parent },
  );
  metricAlarm(
    `${name}-alarm`,
    {
      alarmName: queueName,
      meaning: args.meaning,
      section: args.section,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      breaches: { from: 1 },
      periodSeconds: 300,
      silence: "fine",
      tellsEnd: false,
      topicArn: args.alarmTopicArn,
    },
    parent,
  );
  return queue;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function queuePolicy(queueArn: string, ruleArns: readonly string[]) {
  const fromRules = {
    Sid: "AllowUndeliveredEvents",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": [...ruleArns].sort() } },
  };
  return {
    Version: "2012-10-17",
    Statement: [
      ...(ruleArns.length > 0 ? [fromRules] : []),
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
