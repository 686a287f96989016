import * as pulumi from "@pulumi/pulumi";
import type { MetricAlarm } from "@pulumi/aws/cloudwatch";
import { ROLLBACK_ALARMS, variantAlarmName } from "../contracts/variant-alarms";
import { metricAlarm, type MetricAlarmDecisions } from "./metric-alarm";

export interface VariantAlarmsArgs {
  /** Physical name of the endpoint. */
  readonly endpointName: string;
  readonly variantName: string;
  /** Model latency at the 99th percentile above which an alarm goes off; the overhead comes on top. */
  readonly latencyP99Milliseconds: number;
  /** Mean time that SageMaker may add to the model's: what the objective of a whole answer leaves beside it. */
  readonly overheadMilliseconds: number;
  /** Topic that hears of the start and the end of an alarm. */
  readonly topicArn: pulumi.Input<string>;
  readonly kinds: readonly VariantAlarmKind[];
}

/** What a variant on instances with a multi-model container is watched for. */
export const MULTI_MODEL_ALARMS = [
  "latency-p99",
  "overhead-latency",
  "loading-wait",
  "cache-misses",
  "server-errors",
  "model-errors",
  "client-errors",
] as const;

type VariantAlarmKind = (typeof MULTI_MODEL_ALARMS)[number];

type AlarmRule = Pick<MetricAlarmDecisions, "metricName" | "statistic" | "breaches" | "meaning">;

const PERIOD_SECONDS = 60;
/** Three bad minutes of five: one slow model load is no incident. */
const PERIODS = { bad: 3, of: 5 };

/** Share of the requests that find their model in memory. All of a variant's models fit, so each instance misses each once. */
const CACHE_HITS_MIN = 0.95;
const MICROSECONDS = 1000;

/**
 * Averages of errors and hits are shares: SageMaker counts 0 or 1 for every request. Times are in microseconds; of those but
 * the model's it keeps no percentiles. Units and statistics:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
function rules(args: VariantAlarmsArgs): Record<VariantAlarmKind, AlarmRule> {
  const { latencyP99Milliseconds, overheadMilliseconds } = args;
  const share = "Average";
  return {
    "latency-p99": {
      metricName: "ModelLatency",
      statistic: "p99",
      breaches: { above: latencyP99Milliseconds * MICROSECONDS },
      meaning: `1 % of the forecasts take longer than ${latencyP99Milliseconds} ms in the model`,
    },
    // The others of the latency say where it comes from. A new fleet loads every model once: no reason to send it back.
    "overhead-latency": {
      metricName: "OverheadLatency",
      statistic: share,
      breaches: { above: overheadMilliseconds * MICROSECONDS },
      meaning: `SageMaker adds more than ${overheadMilliseconds} ms to the model's time on average`,
    },
    "loading-wait": {
      metricName: "ModelLoadingWaitTime",
      statistic: "Maximum",
      breaches: { above: latencyP99Milliseconds * MICROSECONDS },
      meaning: `Requests wait longer than ${latencyP99Milliseconds} ms until their model is loaded, again and again`,
    },
    "cache-misses": {
      metricName: "ModelCacheHit",
      statistic: share,
      breaches: { below: CACHE_HITS_MIN },
      meaning: `Fewer than ${CACHE_HITS_MIN * 100} % of the requests find their model in memory`,
    },
    "server-errors": {
      metricName: "Invocation5XXErrors",
      statistic: share,
      breaches: { above: 0.01 },
      meaning: "More than 1 % of the requests fail on the server's side",
    },
    "model-errors": {
      metricName: "InvocationModelErrors",
      statistic: share,
      breaches: { above: 0.01 },
      meaning: "More than 1 % of the requests get no answer from the model container",
    },
    // Mostly caused by callers: a rollback would not help.
    "client-errors": {
      metricName: "Invocation4XXErrors",
      statistic: share,
      breaches: { above: 0.05 },
      meaning: "More than 5 % of the requests are rejected: callers send what the model does not take",
    },
  };
}

/**
 * The alarms of one production variant. Their dimensions are the endpoint and the variant, so during an update they see the
 * old and the new fleet together: whichever trips one, the update stops and goes back.
 */
export class VariantAlarms extends pulumi.ComponentResource {
  /** Names of those that stand for a bad release. */
  public readonly rollbackAlarmNames: readonly string[];
  public readonly alarms: readonly MetricAlarm[];

  constructor(name: string, args: VariantAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:serving:VariantAlarms", name, args, opts);
    const { endpointName, variantName, topicArn, kinds } = args;
    validateArgs(args);
    const all = rules(args);
    this.alarms = kinds.map((kind) => {
      const rule = all[kind];
      return metricAlarm(
        `${name}-${kind}`,
        {
          ...rule,
          alarmName: variantAlarmName(endpointName, variantName, kind),
          meaning: `${rule.meaning} (endpoint ${endpointName}, variant ${variantName})`,
          section: kind,
          namespace: "AWS/SageMaker",
          dimensions: { EndpointName: endpointName, VariantName: variantName },
          periodSeconds: PERIOD_SECONDS,
          periods: PERIODS,
          // Without requests there are no data points.
          silence: "fine",
          topicArn,
        },
        this,
      );
    });
    this.rollbackAlarmNames = ROLLBACK_ALARMS.filter((kind) => kinds.includes(kind)).map((kind) =>
      variantAlarmName(endpointName, variantName, kind),
    );
    this.registerOutputs({ rollbackAlarmNames: this.rollbackAlarmNames });
  }
}

function validateArgs({ latencyP99Milliseconds, overheadMilliseconds }: VariantAlarmsArgs): void {
  for (const [key, value] of Object.entries({ latencyP99Milliseconds, overheadMilliseconds })) {
    if (!(value > 0)) throw new Error(`${key} is ${value}; allowed: a positive number`);
  }
}
