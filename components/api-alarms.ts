import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { runbookLink } from "../contracts/runbook";

interface ApiAlarmsArgs {
  readonly apiName: string;
  readonly stageName: string;
  readonly latencyP99Milliseconds: number;
  /** Topic that hears of the start and the end of an alarm. */
  readonly topicArn: pulumi.Input<string>;
}

const PERIOD_SECONDS = 60;
/** Three bad minutes of five. */
const PERIODS = { evaluationPeriods: 5, datapointsToAlarm: 3 };
/** Share of requests. */
const SERVER_ERRORS_MAX = 0.01;

/** What whoever calls the API sees: errors that are not theirs, and how long an answer takes. */
export class ApiAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: ApiAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:api:ApiAlarms", name, args, opts);
    const { apiName, stageName, latencyP99Milliseconds, topicArn } = args;
    const rules = {
      "server-errors": {
        metricName: "5XXError",
        statistic: "Average",
        threshold: SERVER_ERRORS_MAX,
        alarmDescription: `More than 1 % of the requests fail on the server's side (${apiName})`,
      },
      "latency-p99": {
        metricName: "Latency",
        extendedStatistic: "p99",
        threshold: latencyP99Milliseconds,
        alarmDescription: `1 % of the answers take longer than ${latencyP99Milliseconds} ms (${apiName})`,
      },
    };
    for (const [kind, rule] of Object.entries(rules)) {
      new cloudwatch.MetricAlarm(
        `${name}-${kind}`,
        {
          ...rule,
          alarmDescription: `${rule.alarmDescription}. ${runbookLink(`api-${kind}`)}`,
          name: `${apiName}-${kind}`,
          namespace: "AWS/ApiGateway",
          dimensions: { ApiName: apiName, Stage: stageName },
          comparisonOperator: "GreaterThanThreshold",
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
