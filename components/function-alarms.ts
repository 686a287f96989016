import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { runbookLink } from "../contracts/runbook";

interface FunctionAlarmsArgs {
  readonly functionName: string;
  /** Topic that hears of the start and the end of an alarm. */
  readonly topicArn: pulumi.Input<string>;
}

const PERIOD_SECONDS = 60;
/** Three bad minutes of five: one failed request is in the log, not on the phone. */
const PERIODS = { evaluationPeriods: 5, datapointsToAlarm: 3 };

const RULES = {
  errors: { metricName: "Errors", description: "The function fails" },
  throttles: { metricName: "Throttles", description: "The function has no instance left for a request" },
} as const;

/** What a function's callers suffer from. How long it takes, the API says as a whole. */
export class FunctionAlarms extends pulumi.ComponentResource {
  constructor(
    name: string,
    { functionName, topicArn }: FunctionAlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("smartretail:api:FunctionAlarms", name, { functionName, topicArn }, opts);
    for (const [kind, { metricName, description }] of Object.entries(RULES)) {
      new cloudwatch.MetricAlarm(
        `${name}-${kind}`,
        {
          name: `${functionName}-${kind}`,
          alarmDescription: `${description} (${functionName}). ${runbookLink(`function-${kind}`)}`,
          namespace: "AWS/Lambda",
          metricName,
          dimensions: { FunctionName: functionName },
          statistic: "Sum",
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          period: PERIOD_SECONDS,
          ...PERIODS,
          // Without requests there are no data points, which is no failure.
          treatMissingData: "notBreaching",
          alarmActions: [topicArn],
          okActions: [topicArn],
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
