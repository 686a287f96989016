import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { physicalName } from "../../components/physical-name";
import type { Slice } from "../../components/slice";
import {
  DEPLOYMENT_CHECK_MINUTES,
  DEPLOYMENT_NAMESPACE,
  deploymentDimensions,
  type DeploymentMetricName,
} from "../../contracts/metrics";
import { runbookLink } from "../../contracts/runbook";
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
  new cloudwatch.MetricAlarm(
    "endpoints-behind",
    {
      name: physicalName(ALARM_NAME_MAX, prefix, "endpoints-behind"),
      alarmDescription: `An endpoint of ${settings.environment} runs for an hour another configuration than was deployed, or nobody looks: npm run rollout -- --stack ${settings.environment} --check. ${runbookLink("endpoints-behind")}`,
      namespace: DEPLOYMENT_NAMESPACE,
      metricName: METRIC,
      dimensions: deploymentDimensions(settings.environment),
      // Of several looks in one period the best: a manual rollout in between counts.
      statistic: "Minimum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: DEPLOYMENT_CHECK_MINUTES * 60,
      evaluationPeriods: LOOKS,
      datapointsToAlarm: LOOKS,
      treatMissingData: "missing",
      alarmActions: [topicArn],
      insufficientDataActions: [topicArn],
      okActions: [topicArn],
    },
    { parent },
  );
}
