import assert from "node:assert/strict";
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { variantAlarmName } from "../../../contracts/variant-alarms";
import { VARIANTS } from "../../../contracts/variants";
import { ServiceMetrics } from "../../../runtime/experiment/aws/service-metrics";
import { type Emulator, startEmulator } from "../../support/emulator";
import { skipWithout } from "../../support/skip-without";

const ENDPOINT = "smartretail-prod-forecast";

describe("ServiceMetrics", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let client: CloudWatchClient;
  /** The emulator's clock is this machine's: windows of an hour ago. */
  const now = Date.now();
  const window = Math.floor((now - 3_600_000) / 300_000) * 300_000;

  before(async function () {
    skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
    emulator = await startEmulator();
    client = new CloudWatchClient(emulator.place);
  });
  after(() => emulator?.stop());

  it("adds up requests and errors of each variant by whole windows of five minutes", async () => {
    const put = (MetricName: string, variant: string, Value: number, at: number) => ({
      MetricName,
      Value,
      Timestamp: new Date(at),
      Dimensions: [
        { Name: "EndpointName", Value: ENDPOINT },
        { Name: "VariantName", Value: variant },
      ],
    });
    await client.send(
      new PutMetricDataCommand({
        Namespace: "AWS/SageMaker",
        MetricData: [
          put("Invocations", "champion", 900, window + 1000),
          put("Invocations", "champion", 50, window + 61_000),
          put("Invocations", "challenger", 100, window + 1000),
          put("Invocation5XXErrors", "challenger", 3, window + 1000),
          put("InvocationModelErrors", "challenger", 5, window + 1000),
        ],
      }),
    );

    const windows = await new ServiceMetrics(client, ENDPOINT, () => now).windows(
      new Date(window - 10_000).toISOString(),
    );

    const found = windows.find(({ start }) => Date.parse(start) === window)!;
    assert.deepEqual(
      [found.champion.requests, found.champion.errors, found.challenger.requests, found.challenger.errors],
      [950, 0, 100, 5],
    );
    const starts = windows.map(({ start }) => Date.parse(start));
    assert.ok(starts.every((start) => start % 300_000 === 0 && start >= window - 10_000));
    assert.ok(starts[starts.length - 1]! + 300_000 <= now - 120_000);
    assert.deepEqual(
      await new ServiceMetrics(client, ENDPOINT, () => now).windows(new Date(now).toISOString()),
      [],
    );
  });

  it("tells an alarm of the challenger from one of both, by the names that the program gives", async () => {
    type Kind = "server-errors" | "latency-p99" | "client-errors";
    const set = (variant: "champion" | "challenger", kind: Kind, StateValue: "ALARM" | "OK") =>
      client.send(
        new SetAlarmStateCommand({
          AlarmName: variantAlarmName(ENDPOINT, variant, kind),
          StateValue,
          StateReason: "test",
        }),
      );
    const ring = (variant: "champion" | "challenger", kind: Kind) => set(variant, kind, "ALARM");
    for (const variant of VARIANTS) {
      for (const kind of ["server-errors", "latency-p99", "client-errors"] as const) {
        await client.send(
          new PutMetricAlarmCommand({
            AlarmName: variantAlarmName(ENDPOINT, variant, kind),
            Namespace: "AWS/SageMaker",
            MetricName: "Invocations",
            ComparisonOperator: "GreaterThanThreshold",
            EvaluationPeriods: 1,
            Period: 60,
            Statistic: "Sum",
            Threshold: 1,
          }),
        );
        await set(variant, kind, "OK");
      }
    }
    const metrics = new ServiceMetrics(client, ENDPOINT, () => now);
    assert.deepEqual(await metrics.alarms(), []);

    await ring("challenger", "server-errors");
    await ring("challenger", "latency-p99");
    await ring("champion", "latency-p99");
    await ring("challenger", "client-errors");

    const found = await metrics.alarms();
    assert.deepEqual(
      found.map(({ name, isShared }) => [name, isShared]),
      [
        [`${ENDPOINT}-challenger-latency-p99`, true],
        [`${ENDPOINT}-challenger-server-errors`, false],
      ],
    );
    assert.deepEqual(await metrics.alarms(), found);
  });
});
