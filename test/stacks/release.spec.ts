import assert from "node:assert/strict";
import { RELEASE_ENVIRONMENT, RELEASE_FUNCTION } from "../../contracts/functions";
import type { RecordedResource, Recording } from "../../preview/recorded-resource";
import { ServiceMetrics } from "../../runtime/experiment/aws/service-metrics";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { customNames, ofSlice } from "../support/slices";
import { statementsOf } from "../support/statements";

const FUNCTION = "aws:lambda/function:Function";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const ARN = "arn:aws:lambda:ap-northeast-1:123456789012:function:smartretail-prod-release-control";

describe("createRelease", () => {
  let prod: Recording;
  before(async () => {
    prod = (await planOf("prod")).recording;
  });

  const pattern = (name: string) =>
    JSON.parse(String(find(prod, RULE, `${name}-rule`).inputs.eventPattern)) as {
      resources: string[];
      detail: Record<string, unknown>;
    };
  const targets = () => ofSlice(prod, "release").filter(({ type }) => type === TARGET);

  it("makes nothing where endpoints have one variant", async () => {
    for (const stack of ["dev", "lean"] as const) {
      const { recording } = await planOf(stack);
      assert.deepEqual(ofSlice(recording, "release"), [], stack);
      assert.ok(recording.resources.every(({ name }) => name !== "release-function"));
    }
  });

  it("makes the function with its own role, and the environment that it reads", () => {
    const { inputs } = find(prod, FUNCTION, "release-function");
    const { memoryMegabytes, timeoutSeconds } = RELEASE_FUNCTION;
    const { variables } = inputs.environment as { variables: Record<string, string> };

    assert.equal(inputs.role, "arn:aws:iam::123456789012:role/smartretail-prod-release-control");
    assert.deepEqual([inputs.memorySize, inputs.timeout], [memoryMegabytes, timeoutSeconds]);
    assert.deepEqual(Object.keys(variables).sort(), Object.keys(RELEASE_ENVIRONMENT).sort());
    assert.equal(variables.ENDPOINT_NAME, "smartretail-prod-forecast");
    assert.equal(variables.LATENCY_P99_MILLISECONDS, "400");
    const logs = find(prod, "aws:cloudwatch/logGroup:LogGroup", "release-logs");
    assert.deepEqual(
      [logs.inputs.name, logs.inputs.retentionInDays, logs.inputs.kmsKeyId],
      [
        "/aws/lambda/smartretail-prod-release-control",
        365,
        find(prod, "aws:kms/key:Key", "operations-key").outputs.arn,
      ],
    );
  });

  it("looks every five minutes, after nights and weeks, and when one of the challenger's rollback alarms goes off", () => {
    const targetsOfFunction = targets().filter(({ inputs }) => inputs.arn === `${ARN}:live`);

    assert.deepEqual(targetsOfFunction.map(({ name }) => name).sort(), [
      "release-challenger-alarm-target",
      "release-every-look-target",
      "release-run-ended-target",
    ]);
    assert.equal(find(prod, RULE, "release-every-look-rule").inputs.scheduleExpression, "rate(5 minutes)");
    const machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:smartretail-prod-";
    assert.deepEqual(pattern("release-run-ended").detail, {
      stateMachineArn: [`${machine}nightly`, `${machine}weekly`],
      status: ["SUCCEEDED"],
    });
    for (const arn of pattern("release-run-ended").detail.stateMachineArn as string[])
      assert.ok(
        prod.resources.some(({ outputs }) => outputs.arn === arn),
        arn,
      );
  });

  it("is called by exactly those alarms that the evaluator rolls back by, each of them there", async () => {
    const { resources, detail } = pattern("release-challenger-alarm");
    const alarms = prod.resources.filter(
      ({ type, outputs }) =>
        type === "aws:cloudwatch/metricAlarm:MetricAlarm" && resources.includes(String(outputs.arn)),
    );
    // The evaluator over a CloudWatch in which every alarm of the plan is off.
    const inAlarm = prod.resources
      .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
      .map(({ inputs }) => ({ AlarmName: inputs.name, StateValue: "ALARM" }));
    const { CloudWatchClient } = await import("@aws-sdk/client-cloudwatch");
    const client = new CloudWatchClient({ region: "ap-northeast-1" });
    client.middlewareStack.add(
      () => () => Promise.resolve({ output: { MetricAlarms: inAlarm, $metadata: {} }, response: {} }),
      { step: "initialize", priority: "high" },
    );
    const signals = await new ServiceMetrics(client, "smartretail-prod-forecast", Date.now).alarms();

    assert.deepEqual(detail, { state: { value: ["ALARM"] } });
    assert.equal(alarms.length, resources.length);
    assert.deepEqual(
      alarms.map(({ inputs }) => String(inputs.name)).sort(),
      signals.map(({ name }) => name).sort(),
    );
  });

  it("keeps what is not delivered or fails for good in one encrypted queue, which its own rules may send to", () => {
    const queue = find(prod, "aws:sqs/queue:Queue", "release-undelivered");
    const kept = (resource: RecordedResource) =>
      (resource.inputs.deadLetterConfig as { arn: string } | undefined)?.arn;
    const { destinationConfig, maximumEventAgeInSeconds } = find(prod, CONFIG, "release-events").inputs;
    const [fromRules] = statementsOf(
      find(prod, "aws:sqs/queuePolicy:QueuePolicy", "release-undelivered-policy").inputs.policy,
    );
    const rules = ofSlice(prod, "release").filter(({ type }) => type === RULE);

    assert.ok(
      targets().length === rules.length && targets().every((each) => kept(each) === queue.outputs.arn),
    );
    assert.deepEqual((destinationConfig as { onFailure: unknown }).onFailure, {
      destination: queue.outputs.arn,
    });
    assert.equal(maximumEventAgeInSeconds, 300);
    assert.equal(queue.inputs.kmsMasterKeyId, find(prod, "aws:kms/key:Key", "operations-key").outputs.arn);
    assert.deepEqual(fromRules?.Condition, {
      ArnEquals: { "aws:SourceArn": rules.map(({ outputs }) => outputs.arn).sort() },
    });
  });

  it("tells of decisions by topics of people, through Lambda and the bus: the network has no way to a topic", () => {
    const onSuccess = (
      find(prod, CONFIG, "release-events").inputs.destinationConfig as Record<string, unknown>
    ).onSuccess;
    const topicOf = (name: string) => String(find(prod, TARGET, `${name}-target`).inputs.arn);

    assert.deepEqual(onSuccess, {
      destination: "arn:aws:events:ap-northeast-1:123456789012:event-bus/default",
    });
    assert.match(topicOf("release-decision"), /:smartretail-prod-model-events$/);
    assert.match(topicOf("release-call"), /:smartretail-prod-alerts$/);
    assert.deepEqual(pattern("release-call").detail, {
      requestContext: { functionArn: [{ prefix: `${ARN}:` }] },
      responsePayload: { calls: [{ numeric: [">", 0] }] },
    });
    assert.ok(
      prod.resources.every(({ inputs }) => !String(inputs.serviceName).endsWith(".sns")),
      "no endpoint of SNS is paid for",
    );
  });

  it("is missed when nothing calls it for half an hour", () => {
    const { inputs } = find(prod, "aws:cloudwatch/metricAlarm:MetricAlarm", "release-silent");

    assert.deepEqual(
      [inputs.metricName, inputs.dimensions, inputs.treatMissingData],
      ["Invocations", { FunctionName: "smartretail-prod-release-control" }, "missing"],
    );
    // No call is no data point.
    assert.match(String(inputs.insufficientDataActions), /:smartretail-prod-alerts$/);
    assert.equal(Number(inputs.period) * Number(inputs.evaluationPeriods), 1800);
  });

  it("has no resource that the slices before it have made", () => {
    assert.ok(customNames(ofSlice(prod, "release")).every((name) => name.includes(" release-")));
  });
});
