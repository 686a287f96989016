import { metricAlarm } from "../../components/metric-alarm";
import { physicalName } from "../../components/physical-name";
import type { Slice } from "../../components/slice";
import {
  DEPLOYMENT_CHECK_MINUTES,
  DEPLOYMENT_NAMESPACE,
  deploymentDimensions,
  type DeploymentMetricName,
} from "../../contracts/metrics";
import type { Context } from "../context";

/** CloudWatch: an alarm name has at most 255 characters. */
const ALARM_NAME_MAX = 255;
/** Three looks half an hour apart span an hour, the longest that a rollout may take. */
const LOOKS = 3;
const METRIC: DeploymentMetricName = "EndpointsBehind";

/**
 * An endpoint that runs for an hour what nobody deployed last: a rollout that failed, went back, or was never started.
 *
 * A look that is missing is no sign either way: CloudWatch goes by older ones. When none come any more the alarm says that too,
 * by INSUFFICIENT_DATA: otherwise a workflow that stopped would look like endpoints in order. A new alarm begins in that
 * state and tells nobody.
 */
export function createBehindAlarm({ settings, prefix }: Context, topicArn: string, parent: Slice): void {
  metricAlarm(
    "endpoints-behind",
    {
      alarmName: physicalName(ALARM_NAME_MAX, prefix, "endpoints-behind"),
      meaning: `An endpoint of ${settings.environment} runs for an hour another configuration than was deployed, or nobody looks: npm run rollout -- --stack ${settings.environment} --check`,
      section: "endpoints-behind",
      namespace: DEPLOYMENT_NAMESPACE,
      metricName: METRIC,
      dimensions: deploymentDimensions(settings.environment),
      // Of several looks in one period the best: a manual rollout in between counts.
      statistic: "Minimum",
      breaches: { above: 0 },
      periodSeconds: DEPLOYMENT_CHECK_MINUTES * 60,
      periods: { bad: LOOKS, of: LOOKS },
      silence: "told",
      topicArn,
    },
    parent,
  );
}
