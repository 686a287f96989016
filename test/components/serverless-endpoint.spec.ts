import assert from "node:assert/strict";
import { ServerlessEndpoint, type ServerlessEndpointArgs } from "../../components/serverless-endpoint";
import { find, listing, record } from "../support/record";

const args: ServerlessEndpointArgs = {
  endpointName: "shop-forecast-drinks",
  variantName: "champion",
  image: "354813040037.dkr.ecr.ap-northeast-1.amazonaws.com/sagemaker-xgboost:3.2-0",
  modelDataUrl: "s3://models/mme/champion/drinks/bootstrap-1f2e3d4c.tar.gz",
  roleArn: "arn:aws:iam::123456789012:role/inference",
  memoryMb: 2048,
  maxConcurrency: 5,
  provisionedConcurrency: 0,
  provisionedConcurrencyMax: 0,
  latencyP99Milliseconds: 400,
  overheadMilliseconds: 100,
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:alerts",
  desiredParameterName: "/shop/desired",
  modelPointerName: "/shop/models/champion/drinks",
};

function recordEndpoint(changes: Partial<ServerlessEndpointArgs> = {}, preview = false) {
  return record(() => void new ServerlessEndpoint("drinks", { ...args, ...changes }), { preview });
}

describe("ServerlessEndpoint", () => {
  it("makes one model, its endpoint and an alarm for server errors", async () => {
    assert.deepEqual(listing(await recordEndpoint()), [
      "aws:cloudwatch/metricAlarm:MetricAlarm drinks-alarms-server-errors",
      "aws:sagemaker/endpoint:Endpoint drinks-endpoint",
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration drinks-config",
      "aws:sagemaker/model:Model drinks-model",
      "aws:ssm/parameter:Parameter drinks-desired",
      "smartretail:serving:ExternallyManagedEndpoint drinks",
      "smartretail:serving:ServerlessEndpoint drinks",
      "smartretail:serving:VariantAlarms drinks-alarms",
    ]);
  });

  it("leaves out everything that serverless inference rejects", async () => {
    const recording = await recordEndpoint();

    assert.deepEqual(find(recording, "aws:sagemaker/model:Model").inputs, {
      executionRoleArn: args.roleArn,
      primaryContainer: {
        environment: { SAGEMAKER_MODEL_SERVER_WORKERS: "1" },
        image: args.image,
        modelDataUrl: args.modelDataUrl,
      },
    });
    const { inputs } = find(recording, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
    assert.deepEqual(Object.keys(inputs), ["productionVariants"]);
    const [variant] = inputs.productionVariants as unknown as Record<string, unknown>[];
    assert.deepEqual(Object.keys(variant ?? {}).sort(), ["modelName", "serverlessConfig", "variantName"]);
    assert.deepEqual(variant?.serverlessConfig, { maxConcurrency: 5, memorySizeInMb: 2048 });
  });

  it("names the pointer that the run time follows", async () => {
    const { inputs } = find(await recordEndpoint(), "aws:ssm/parameter:Parameter");

    const { ModelPointer } = JSON.parse(String(inputs.insecureValue)) as { ModelPointer: string };
    assert.equal(ModelPointer, "/shop/models/champion/drinks");
  });

  it("keeps a replaced model, which the endpoint may still run on", async () => {
    assert.equal(find(await recordEndpoint(), "aws:sagemaker/model:Model").retainOnDelete, true);
  });

  it("has its size in a first preview", async () => {
    const { inputs } = find(
      await recordEndpoint({}, true),
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    );

    assert.match(JSON.stringify(inputs.productionVariants), /"memorySizeInMb":2048/);
  });

  it("rejects a memory size that serverless inference does not have", async () => {
    for (const memoryMb of [512, 1500, 7168]) {
      await assert.rejects(recordEndpoint({ memoryMb }), {
        message: `memoryMb is ${memoryMb}; allowed: 1024 to 6144 in steps of 1024`,
      });
    }
  });

  it("rejects a concurrency that serverless inference does not have", async () => {
    await assert.rejects(recordEndpoint({ maxConcurrency: 201 }), {
      message: "maxConcurrency is 201; allowed: an integer from 1 to 200",
    });
  });

  it("keeps containers warm, and watches the latency that they make a promise of", async () => {
    const recording = await recordEndpoint({ provisionedConcurrency: 2 });

    const { inputs } = find(recording, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
    const [variant] = inputs.productionVariants as unknown as Record<string, unknown>[];
    assert.deepEqual(variant?.serverlessConfig, {
      maxConcurrency: 5,
      memorySizeInMb: 2048,
      provisionedConcurrency: 2,
    });
    assert.deepEqual(
      listing(recording).filter((line) => /MetricAlarm|appautoscaling/.test(line)),
      [
        "aws:cloudwatch/metricAlarm:MetricAlarm drinks-alarms-latency-p99",
        "aws:cloudwatch/metricAlarm:MetricAlarm drinks-alarms-overhead-latency",
        "aws:cloudwatch/metricAlarm:MetricAlarm drinks-alarms-server-errors",
      ],
    );
  });

  it("scales the warm containers after the endpoint is there", async () => {
    const recording = await recordEndpoint({ provisionedConcurrency: 1, provisionedConcurrencyMax: 4 });

    const { inputs, dependencies } = find(recording, "aws:appautoscaling/target:Target");
    assert.deepEqual([inputs.minCapacity, inputs.maxCapacity], [1, 4]);
    assert.ok(dependencies.includes(find(recording, "aws:sagemaker/endpoint:Endpoint").urn));
  });

  const rejections: [Partial<ServerlessEndpointArgs>, string][] = [
    [
      { provisionedConcurrency: 6 },
      "provisionedConcurrency is 6; allowed: an integer from 0 to maxConcurrency (5)",
    ],
    [
      { provisionedConcurrency: 1, provisionedConcurrencyMax: 6 },
      "provisionedConcurrencyMax is 6; allowed: an integer from 0 to maxConcurrency (5)",
    ],
    [
      { provisionedConcurrencyMax: 2 },
      "provisionedConcurrencyMax is 2 without provisionedConcurrency; allowed: 0, or from provisionedConcurrency on",
    ],
  ];
  for (const [changes, message] of rejections) {
    it(`rejects ${JSON.stringify(changes)}`, async () => {
      await assert.rejects(recordEndpoint(changes), { message });
    });
  }

  it("rejects a most of warm containers below those that are always warm", async () => {
    await assert.rejects(
      recordEndpoint({ provisionedConcurrency: 3, provisionedConcurrencyMax: 2 }),
      /maxConcurrency of variant "champion" is 2; allowed: an integer from minConcurrency \(3\) to 200/,
    );
  });
});
