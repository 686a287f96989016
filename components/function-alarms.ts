import * as pulumi from "@pulumi/pulumi";
import { metricAlarm } from "./metric-alarm";

interface FunctionAlarmsArgs {
  readonly functionName: string;
  /** Topic that hears of the start and the end of an alarm. */
  readonly topicArn: pulumi.Input<string>;
}

const PERIOD_SECONDS = 60;
/** Three bad minutes of five: one failed request is in the log, not on the phone. */
const PERIODS = { bad: 3, of: 5 };

const RULES = {
  errors: { metricName: "Errors", meaning: "The function fails" },
  throttles: { metricName: "Throttles", meaning: "The function has no instance left for a request" },
} as const;

/** What a function's callers suffer from. How long it takes, the API says as a whole. */
export class FunctionAlarms extends pulumi.ComponentResource {
  constructor(
    name: string,
    { functionName, topicArn }: FunctionAlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("smartretail:api:FunctionAlarms", name, { functionName, topicArn }, opts);
    for (const [kind, { metricName, meaning }] of Object.entries(RULES)) {
      metricAlarm(
        `${name}-${kind}`,
        {
          alarmName: `${functionName}-${kind}`,
          meaning: `${meaning} (${functionName})`,
          section: `function-${kind}`,
          namespace: "AWS/Lambda",
          metricName,
          dimensions: { FunctionName: functionName },
          statistic: "Sum",
          breaches: { above: 0 },
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
