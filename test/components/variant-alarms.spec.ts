import assert from "node:assert/strict";
import { MULTI_MODEL_ALARMS, VariantAlarms, type VariantAlarmsArgs } from "../../components/variant-alarms";
import { variantAlarmName } from "../../contracts/variant-alarms";
import { find, listing, record } from "../support/record";

const TYPE = "aws:cloudwatch/metricAlarm:MetricAlarm";
const args: VariantAlarmsArgs = {
  endpointName: "shop-forecast",
  variantName: "champion",
  latencyP99Milliseconds: 400,
  overheadMilliseconds: 100,
  topicArn: "arn:aws:sns:ap-northeast-1:123456789012:alerts",
  kinds: MULTI_MODEL_ALARMS,
};

function recordAlarms(changes: Partial<VariantAlarmsArgs> = {}, preview = false) {
  let made: VariantAlarms | undefined;
  return record(() => void (made = new VariantAlarms("champion", { ...args, ...changes })), { preview }).then(
    (recording) => ({ recording, made }),
  );
}

describe("VariantAlarms", () => {
  it("watches latency and its parts, server, model and client errors", async () => {
    assert.deepEqual(listing((await recordAlarms()).recording), [
      `${TYPE} champion-cache-misses`,
      `${TYPE} champion-client-errors`,
      `${TYPE} champion-latency-p99`,
      `${TYPE} champion-loading-wait`,
      `${TYPE} champion-model-errors`,
      `${TYPE} champion-overhead-latency`,
      `${TYPE} champion-server-errors`,
      "smartretail:serving:VariantAlarms champion",
    ]);
  });

  it("measures latency at the 99th percentile, in the microseconds in which SageMaker reports it", async () => {
    const { recording } = await recordAlarms();

    assert.deepEqual(find(recording, TYPE, "champion-latency-p99").inputs, {
      alarmActions: [args.topicArn],
      alarmDescription:
        "1 % of the forecasts take longer than 400 ms in the model (endpoint shop-forecast, variant champion). See docs/runbook.md#latency-p99",
      comparisonOperator: "GreaterThanThreshold",
      datapointsToAlarm: 3,
      dimensions: { EndpointName: "shop-forecast", VariantName: "champion" },
      evaluationPeriods: 5,
      extendedStatistic: "p99",
      metricName: "ModelLatency",
      name: "shop-forecast-champion-latency-p99",
      namespace: "AWS/SageMaker",
      okActions: [args.topicArn],
      period: 60,
      threshold: 400_000,
      treatMissingData: "notBreaching",
    });
  });

  it("reads errors as a share of the requests, per variant", async () => {
    const { recording } = await recordAlarms();

    const metrics = ["server-errors", "model-errors", "client-errors"].map((kind) => {
      const { inputs } = find(recording, TYPE, `champion-${kind}`);
      return [inputs.metricName, inputs.statistic, inputs.threshold, inputs.dimensions];
    });
    const dimensions = { EndpointName: "shop-forecast", VariantName: "champion" };
    assert.deepEqual(metrics, [
      ["Invocation5XXErrors", "Average", 0.01, dimensions],
      ["InvocationModelErrors", "Average", 0.01, dimensions],
      ["Invocation4XXErrors", "Average", 0.05, dimensions],
    ]);
  });

  it("splits latency into the model's, what SageMaker adds, and what a load costs", async () => {
    const { recording } = await recordAlarms();

    const rules = ["overhead-latency", "loading-wait", "cache-misses"].map((kind) => {
      const { inputs } = find(recording, TYPE, `champion-${kind}`);
      return [inputs.metricName, inputs.statistic, inputs.comparisonOperator, inputs.threshold];
    });
    assert.deepEqual(rules, [
      ["OverheadLatency", "Average", "GreaterThanThreshold", 100_000],
      ["ModelLoadingWaitTime", "Maximum", "GreaterThanThreshold", 400_000],
      ["ModelCacheHit", "Average", "LessThanThreshold", 0.95],
    ]);
  });

  it("says in words what each is", async () => {
    const { recording } = await recordAlarms();

    const said = (kind: string) =>
      String(find(recording, TYPE, `champion-${kind}`).inputs.alarmDescription).split(" (endpoint")[0];
    assert.equal(said("overhead-latency"), "SageMaker adds more than 100 ms to the model's time on average");
    assert.equal(
      said("loading-wait"),
      "Requests wait longer than 400 ms until their model is loaded, again and again",
    );
    assert.equal(said("cache-misses"), "Fewer than 95 % of the requests find their model in memory");
  });

  it("rolls back for what a release can break, not for what callers do wrong", async () => {
    const { made } = await recordAlarms();

    assert.deepEqual(made?.rollbackAlarmNames, [
      "shop-forecast-champion-latency-p99",
      "shop-forecast-champion-server-errors",
      "shop-forecast-champion-model-errors",
    ]);
  });

  it("makes only the kinds asked for", async () => {
    const { recording, made } = await recordAlarms({ kinds: ["server-errors"] });

    assert.equal(recording.resources.filter(({ type }) => type === TYPE).length, 1);
    assert.deepEqual(made?.rollbackAlarmNames, ["shop-forecast-champion-server-errors"]);
  });

  it("is known as a whole in a first preview", async () => {
    const { recording } = await recordAlarms({}, true);

    assert.doesNotMatch(JSON.stringify(recording.resources.map(({ inputs }) => inputs)), /\$unknown/);
  });

  it("rejects a latency that is none", async () => {
    await assert.rejects(recordAlarms({ latencyP99Milliseconds: 0 }), {
      message: "latencyP99Milliseconds is 0; allowed: a positive number",
    });
  });

  it("rejects an overhead that is none", async () => {
    await assert.rejects(recordAlarms({ overheadMilliseconds: -100 }), {
      message: "overheadMilliseconds is -100; allowed: a positive number",
    });
  });

  it("rejects an alarm name that CloudWatch rejects", () => {
    assert.throws(
      () => variantAlarmName("e".repeat(200), "v".repeat(60), "latency-p99"),
      /has 273 characters; at most 255 are allowed/,
    );
  });
});
