import assert from "node:assert/strict";
import { RealtimeEndpoint, type RealtimeEndpointArgs } from "../../components/realtime-endpoint";
import { MULTI_MODEL_ALARMS } from "../../components/variant-alarms";
import { find, listing, record } from "../support/record";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const MODEL = "aws:sagemaker/model:Model";
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/lake";

const args: RealtimeEndpointArgs = {
  endpointName: "shop-forecast",
  variants: [
    { name: "champion", weight: 90, modelDataUrl: "s3://models/mme/champion/" },
    { name: "challenger", weight: 10, modelDataUrl: "s3://models/mme/challenger/" },
  ],
  instanceType: "ml.m5.large",
  instances: { min: 1, max: 4 },
  invocationsPerInstancePerMinute: 1200,
  concurrentRequestsPerInstance: 0,
  image: "354813040037.dkr.ecr.ap-northeast-1.amazonaws.com/sagemaker-xgboost:3.2-0",
  roleArn: "arn:aws:iam::123456789012:role/inference",
  subnetIds: ["subnet-a", "subnet-c"],
  securityGroupIds: ["sg-workload"],
  kmsKeyArn: KEY,
  capture: { s3Uri: "s3://capture/endpoints", samplingPercent: 20 },
  latencyP99Milliseconds: 400,
  overheadMilliseconds: 100,
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:alerts",
  desiredParameterName: "/shop/desired",
};

function recordEndpoint(changes: Partial<RealtimeEndpointArgs> = {}, preview = false) {
  return record(() => void new RealtimeEndpoint("forecast", { ...args, ...changes }), { preview });
}

describe("RealtimeEndpoint", () => {
  it("makes a model, alarms and scaling for each variant around one endpoint", async () => {
    const perVariant = (variant: string) => [
      `aws:appautoscaling/policy:Policy forecast-${variant}-scaling-policy`,
      `aws:appautoscaling/target:Target forecast-${variant}-scaling-target`,
      ...MULTI_MODEL_ALARMS.map(
        (kind) => `aws:cloudwatch/metricAlarm:MetricAlarm forecast-${variant}-alarms-${kind}`,
      ),
      `${MODEL} forecast-${variant}-model`,
      `smartretail:serving:VariantAlarms forecast-${variant}-alarms`,
      `smartretail:serving:VariantScaling forecast-${variant}-scaling`,
    ];

    assert.deepEqual(
      listing(await recordEndpoint()),
      [
        ...perVariant("champion"),
        ...perVariant("challenger"),
        `${CONFIGURATION} forecast-config`,
        `${ENDPOINT} forecast-endpoint`,
        "aws:ssm/parameter:Parameter forecast-desired",
        "smartretail:serving:RealtimeEndpoint forecast",
        "smartretail:serving:ExternallyManagedEndpoint forecast",
      ].sort(),
    );
  });

  it("isolates multi-model containers and keeps them in the network", async () => {
    const model = find(await recordEndpoint(), MODEL, "forecast-challenger-model");

    assert.deepEqual(model.inputs, {
      enableNetworkIsolation: true,
      executionRoleArn: args.roleArn,
      primaryContainer: {
        image: args.image,
        mode: "MultiModel",
        modelDataUrl: "s3://models/mme/challenger/",
      },
      vpcConfig: { securityGroupIds: ["sg-workload"], subnets: ["subnet-a", "subnet-c"] },
    });
    assert.equal(model.retainOnDelete, true);
  });

  it("splits the traffic by integer weights over instances with encrypted volumes", async () => {
    const recording = await recordEndpoint();

    const { inputs } = find(recording, CONFIGURATION);
    const nameOf = (variant: string) => find(recording, MODEL, `forecast-${variant}-model`).outputs.name;
    const same = { initialInstanceCount: 1, instanceType: "ml.m5.large" };
    assert.deepEqual(inputs.productionVariants, [
      { ...same, initialVariantWeight: 90, modelName: nameOf("champion"), variantName: "champion" },
      { ...same, initialVariantWeight: 10, modelName: nameOf("challenger"), variantName: "challenger" },
    ]);
    assert.equal(inputs.kmsKeyArn, KEY);
  });

  it("captures requests and answers readable and encrypted", async () => {
    const { inputs } = find(await recordEndpoint(), CONFIGURATION);

    assert.deepEqual(inputs.dataCaptureConfig, {
      captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
      captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
      destinationS3Uri: "s3://capture/endpoints",
      enableCapture: true,
      initialSamplingPercentage: 20,
      kmsKeyId: KEY,
    });
  });

  it("switches capture off at a share of nothing", async () => {
    const { inputs } = find(
      await recordEndpoint({ capture: { s3Uri: "s3://capture/endpoints", samplingPercent: 0 } }),
      CONFIGURATION,
    );

    assert.equal((inputs.dataCaptureConfig as { enableCapture: boolean }).enableCapture, false);
  });

  it("gives no volume key to instances that encrypt their own disks: SageMaker rejects it", async () => {
    const { inputs } = find(await recordEndpoint({ instanceType: "ml.m5d.large" }), CONFIGURATION);

    assert.equal(inputs.kmsKeyArn, undefined);
  });

  it("goes back when an alarm of either variant goes off during an update", async () => {
    const { inputs } = find(await recordEndpoint(), ENDPOINT);

    const { autoRollbackConfiguration, blueGreenUpdatePolicy } = inputs.deploymentConfig as {
      autoRollbackConfiguration: { alarms: { alarmName: string }[] };
      blueGreenUpdatePolicy: { trafficRoutingConfiguration: { type: string } };
    };
    const watched = ["latency-p99", "server-errors", "model-errors"];
    assert.deepEqual(
      autoRollbackConfiguration.alarms.map(({ alarmName }) => alarmName),
      ["champion", "challenger"].flatMap((variant) =>
        watched.map((kind) => `shop-forecast-${variant}-${kind}`),
      ),
    );
    assert.equal(blueGreenUpdatePolicy.trafficRoutingConfiguration.type, "ALL_AT_ONCE");
  });

  it("tries one instance first where every variant has two", async () => {
    const { inputs } = find(await recordEndpoint({ instances: { min: 2, max: 4 } }), ENDPOINT);

    assert.match(JSON.stringify(inputs.deploymentConfig), /"type":"CANARY"/);
  });

  it("makes the alarms before the endpoint, and the scaling after it", async () => {
    const recording = await recordEndpoint();

    const endpoint = find(recording, ENDPOINT);
    const alarms = recording.resources.filter(
      ({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm",
    );
    for (const { urn } of alarms) assert.ok(endpoint.dependencies.includes(urn), urn);
    const targets = recording.resources.filter(({ type }) => type === "aws:appautoscaling/target:Target");
    for (const { dependencies } of targets) assert.ok(dependencies.includes(endpoint.urn));
    assert.equal(targets.length, 2);
  });

  it("shows its shape in a first preview", async () => {
    const { inputs } = find(await recordEndpoint({}, true), CONFIGURATION);

    const variants = inputs.productionVariants as unknown as { initialVariantWeight: number }[];
    assert.deepEqual(
      variants.map(({ initialVariantWeight }) => initialVariantWeight),
      [90, 10],
    );
  });

  const [champion, challenger] = args.variants;
  const weighing = (weight: number) => [{ ...champion!, weight }, challenger!];
  const rejections: [string, Partial<RealtimeEndpointArgs>, RegExp][] = [
    [
      "a weight that is no integer",
      { variants: weighing(0.9) },
      /weight of variant "champion" is 0\.9; allowed: an integer from 0/,
    ],
    [
      "a negative weight",
      { variants: weighing(-1) },
      /weight of variant "champion" is -1; allowed: an integer from 0/,
    ],
    [
      "traffic for nobody",
      { variants: args.variants.map((variant) => ({ ...variant, weight: 0 })) },
      /all variants have weight 0; allowed: at least one weight above 0/,
    ],
    [
      "two variants of one name",
      { variants: [champion!, champion!] },
      /variant "champion" is there twice; allowed: once/,
    ],
    ["no variant", { variants: [] }, /0 variants; allowed: 1 to 10/],
    [
      "a prefix without its slash",
      { variants: [{ ...champion!, modelDataUrl: "s3://models/mme" }] },
      /modelDataUrl of variant "champion" is "s3:\/\/models\/mme"; allowed: s3:\/\/bucket\/prefix\//,
    ],
    [
      "an instance type that hosting does not have",
      { instanceType: "ml.t3.medium" },
      /instanceType is "ml\.t3\.medium"; allowed: a CPU instance type of SageMaker hosting/,
    ],
    [
      "a share above all",
      { capture: { s3Uri: "s3://capture", samplingPercent: 101 } },
      /samplingPercent is 101; allowed: an integer from 0 to 100/,
    ],
  ];
  for (const [what, changes, message] of rejections) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(recordEndpoint(changes), message);
    });
  }
});
