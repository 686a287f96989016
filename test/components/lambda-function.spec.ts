import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LambdaFunction, type LambdaFunctionArgs } from "../../components/lambda-function";
import { find, listing, record } from "../support/record";

const FUNCTION = "aws:lambda/function:Function";
const args: LambdaFunctionArgs = {
  functionName: "shop-router",
  description: "Answers",
  roleArn: "arn:aws:iam::123456789012:role/shop-router",
  code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = 1;") }),
  memoryMegabytes: 1024,
  timeoutSeconds: 3,
  environment: { RESULTS_BUCKET: "shop-results" },
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/operations",
  logRetentionDays: 30,
  reservedConcurrency: 20,
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:alerts",
};
const network = { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };

function recordFunction(changes: Partial<LambdaFunctionArgs> = {}, preview = false) {
  return record(() => void new LambdaFunction("forecast", { ...args, ...changes }), { preview });
}

describe("LambdaFunction", () => {
  it("makes a function, its log group, the alias of its callers and two alarms", async () => {
    assert.deepEqual(listing(await recordFunction()), [
      "aws:cloudwatch/logGroup:LogGroup forecast-logs",
      "aws:cloudwatch/metricAlarm:MetricAlarm forecast-alarms-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm forecast-alarms-throttles",
      "aws:lambda/alias:Alias forecast-live",
      "aws:lambda/function:Function forecast-function",
      "smartretail:api:FunctionAlarms forecast-alarms",
      "smartretail:api:LambdaFunction forecast",
    ]);
  });

  it("runs supported Node.js on Graviton, encrypted, logging JSON to a group that is there before it", async () => {
    const recording = await recordFunction();

    const { inputs } = find(recording, FUNCTION);
    const logs = find(recording, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(
      [inputs.runtime, inputs.architectures, inputs.handler],
      ["nodejs24.x", ["arm64"], "index.handler"],
    );
    assert.deepEqual([inputs.kmsKeyArn, logs.kmsKeyId], [args.kmsKeyArn, args.kmsKeyArn]);
    assert.deepEqual([logs.name, logs.retentionInDays], ["/aws/lambda/shop-router", 30]);
    assert.deepEqual(inputs.loggingConfig, {
      applicationLogLevel: "INFO",
      logFormat: "JSON",
      logGroup: "/aws/lambda/shop-router",
      systemLogLevel: "WARN",
    });
    assert.equal(inputs.reservedConcurrentExecutions, 20);
  });

  it("publishes a version that the alias names", async () => {
    const recording = await recordFunction();

    assert.equal(find(recording, FUNCTION).inputs.publish, true);
    const alias = find(recording, "aws:lambda/alias:Alias").inputs;
    assert.deepEqual([alias.name, alias.functionName], ["live", "shop-router"]);
  });

  it("stands in a network when it is given one, and is traced only outside", async () => {
    const inside = find(await recordFunction({ network }), FUNCTION).inputs;
    const outside = find(await recordFunction(), FUNCTION).inputs;

    assert.deepEqual(inside.vpcConfig, network);
    assert.deepEqual(inside.tracingConfig, { mode: "PassThrough" });
    assert.equal(outside.vpcConfig, undefined);
    assert.deepEqual(outside.tracingConfig, { mode: "Active" });
  });

  it("keeps instances warm on the alias when it is told to", async () => {
    const recording = await recordFunction({ provisionedConcurrency: 2 });

    const warm = find(
      recording,
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    ).inputs;
    assert.deepEqual([warm.qualifier, warm.provisionedConcurrentExecutions], ["live", 2]);
  });

  it("keeps failed events where it is called by them, and passes its answers on", async () => {
    const queue = "arn:aws:sqs:ap-northeast-1:123456789012:failed";
    const bus = "arn:aws:events:ap-northeast-1:123456789012:event-bus/default";
    const events = { retryAttempts: 2, maxAgeSeconds: 300, failureDestinationArn: queue };
    const configOf = async (changes: object) =>
      find(
        await recordFunction({ events: { ...events, ...changes } }),
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      ).inputs;

    const config = await configOf({ successDestinationArn: bus });
    assert.deepEqual(config.destinationConfig, {
      onFailure: { destination: queue },
      onSuccess: { destination: bus },
    });
    assert.deepEqual(
      [config.qualifier, config.maximumRetryAttempts, config.maximumEventAgeInSeconds],
      ["live", 2, 300],
    );
    assert.deepEqual((await configOf({})).destinationConfig, { onFailure: { destination: queue } });
  });

  it("tells of failures and of missing instances, by the function's own metrics", async () => {
    const recording = await recordFunction();

    const alarms = recording.resources.filter(
      ({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm",
    );
    assert.deepEqual(
      alarms.map(({ inputs }) => [inputs.namespace, inputs.metricName, inputs.dimensions]),
      ["Errors", "Throttles"].map((metric) => ["AWS/Lambda", metric, { FunctionName: "shop-router" }]),
    );
    for (const { inputs } of alarms) assert.deepEqual(inputs.alarmActions, [args.alarmTopicArn]);
  });

  const rejections: [Partial<LambdaFunctionArgs>, RegExp][] = [
    [{ functionName: "shop router" }, /functionName is "shop router"; allowed: 1 to 64/],
    [{ memoryMegabytes: 64 }, /memoryMegabytes is 64; allowed: an integer from 128 to 10240/],
    [{ timeoutSeconds: 901 }, /timeoutSeconds is 901; allowed: an integer from 1 to 900/],
    [{ reservedConcurrency: 0 }, /reservedConcurrency is 0; allowed: an integer from 1 to 1000/],
    [
      { events: { retryAttempts: 3, maxAgeSeconds: 300, failureDestinationArn: "arn" } },
      /events.retryAttempts is 3; allowed: an integer from 0 to 2/,
    ],
    [
      { events: { retryAttempts: 2, maxAgeSeconds: 59, failureDestinationArn: "arn" } },
      /events.maxAgeSeconds is 59; allowed: an integer from 60 to 21600/,
    ],
    [{ provisionedConcurrency: 21 }, /provisionedConcurrency is 21; allowed: an integer from 0 to 20/],
  ];
  for (const [changes, message] of rejections) {
    it(`rejects ${JSON.stringify(changes)}`, async () => {
      await assert.rejects(recordFunction(changes), message);
    });
  }
});
