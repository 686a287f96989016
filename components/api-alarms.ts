import * as pulumi from "@pulumi/pulumi";
import { metricAlarm } from "./metric-alarm";

interface ApiAlarmsArgs {
  readonly apiName: string;
  readonly stageName: string;
  readonly latencyP99Milliseconds: number;
  /** Topic that hears of the start and the end of an alarm. */
  readonly topicArn: pulumi.Input<string>;
}

const PERIOD_SECONDS = 60;
/** Three bad minutes of five. */
const PERIODS = { bad: 3, of: 5 };
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
        breaches: { above: SERVER_ERRORS_MAX },
        meaning: `More than 1 % of the requests fail on the server's side (${apiName})`,
      },
      "latency-p99": {
        metricName: "Latency",
        statistic: "p99",
        breaches: { above: latencyP99Milliseconds },
        meaning: `1 % of the answers take longer than ${latencyP99Milliseconds} ms (${apiName})`,
      },
    } as const;
    for (const [kind, rule] of Object.entries(rules)) {
      metricAlarm(
        `${name}-${kind}`,
        {
          ...rule,
          alarmName: `${apiName}-${kind}`,
          section: `api-${kind}`,
          namespace: "AWS/ApiGateway",
          dimensions: { ApiName: apiName, Stage: stageName },
          periodSeconds: PERIOD_SECONDS,
          periods: PERIODS,
          // Without requests there are no data points.
          silence: "fine",
          topicArn,
        },
        this,
      );
    }
    this.registerOutputs({});
  }
}
