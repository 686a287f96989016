import assert from "node:assert/strict";
import type { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { AwsDeploymentMetrics } from "../../scripts/rollout/deployment-metrics";
import { planOf } from "../support/plans";
import { find } from "../support/record";

describe("AwsDeploymentMetrics", () => {
  it("publishes what the alarm of the environment watches", async () => {
    const sent: PutMetricDataCommand["input"][] = [];
    const client = { send: ({ input }: PutMetricDataCommand) => Promise.resolve(sent.push(input)) };

    await new AwsDeploymentMetrics(client as unknown as CloudWatchClient).publishEndpointsBehind("prod", 2);

    const { recording } = await planOf("prod");
    const alarm = find(recording, "aws:cloudwatch/metricAlarm:MetricAlarm", "endpoints-behind").inputs;
    const Dimensions = Object.entries(alarm.dimensions as object).map(([Name, Value]) => ({ Name, Value }));
    assert.deepEqual(sent, [
      {
        Namespace: alarm.namespace,
        MetricData: [{ MetricName: alarm.metricName, Dimensions, Unit: "Count", Value: 2 }],
      },
    ]);
  });
});
