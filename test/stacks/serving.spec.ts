import assert from "node:assert/strict";
import { MULTI_MODEL_ALARMS } from "../../components/variant-alarms";
import { CATEGORIES } from "../../contracts/categories";
import { unpackModelArchive } from "../../contracts/model-archive";
import { MODEL_VERSION_PATTERN, modelKey, modelVersion } from "../../contracts/model-artifact";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { loadBoostedTrees } from "../../forecasting/models/boosted-trees";
import { planEnvironment } from "../../preview/plan-environment";
import type { RecordedResource } from "../../preview/recorded-resource";
import { bootstrapModel } from "../../stacks/serving";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { customNames, ofSlice } from "../support/slices";
import { matrixFromRows } from "../support/matrix-from-rows";

const ARTIFACT = "aws:s3/bucketObjectv2:BucketObjectv2";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";

async function servingOf(stack: "dev" | "prod"): Promise<RecordedResource[]> {
  return ofSlice((await planOf(stack)).recording, "serving");
}

function ofType(resources: readonly RecordedResource[], type: string): RecordedResource[] {
  return resources.filter((resource) => resource.type === type);
}

describe("createServing in prod", () => {
  it("makes one endpoint with two variants, each with models, pointers, alarms and scaling", async () => {
    const perVariant = (variant: string) => [
      `aws:appautoscaling/policy:Policy forecast-${variant}-scaling-policy`,
      `aws:appautoscaling/target:Target forecast-${variant}-scaling-target`,
      ...MULTI_MODEL_ALARMS.map(
        (kind) => `aws:cloudwatch/metricAlarm:MetricAlarm forecast-${variant}-alarms-${kind}`,
      ),
      `aws:sagemaker/model:Model forecast-${variant}-model`,
      ...CATEGORIES.map((category) => `${ARTIFACT} ${variant}-repository-${category}-artifact`),
      ...CATEGORIES.map(
        (category) => `aws:ssm/parameter:Parameter ${variant}-repository-${category}-pointer`,
      ),
    ];

    assert.deepEqual(
      customNames(await servingOf("prod")),
      [
        ...perVariant("champion"),
        ...perVariant("challenger"),
        `${CONFIGURATION} forecast-config`,
        `${ENDPOINT} forecast-endpoint`,
        "aws:ssm/parameter:Parameter forecast-desired",
      ].sort(),
    );
  });

  it("starts 90 to 10 on the instance type of the settings, captured and encrypted", async () => {
    const { recording } = await planOf("prod");

    const { inputs } = find(recording, CONFIGURATION);
    const key = find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn;
    const variants = inputs.productionVariants as unknown as Record<string, unknown>[];
    assert.deepEqual(
      variants.map(({ variantName, initialVariantWeight, instanceType }) => [
        variantName,
        initialVariantWeight,
        instanceType,
      ]),
      [
        ["champion", 90, "ml.m5.large"],
        ["challenger", 10, "ml.m5.large"],
      ],
    );
    assert.equal(inputs.kmsKeyArn, key);
    const capture = inputs.dataCaptureConfig as Record<string, unknown>;
    assert.deepEqual(
      [capture.kmsKeyId, capture.destinationS3Uri, capture.enableCapture],
      [key, "s3://smartretail-prod-capture-123456789012/endpoints/smartretail-prod", true],
    );
  });

  it("lets each variant read its own folder of the models bucket", async () => {
    const models = ofType(await servingOf("prod"), "aws:sagemaker/model:Model");

    const urls = models
      .map(({ inputs }) => (inputs.primaryContainer as { modelDataUrl: string }).modelDataUrl)
      .sort();
    const bucket = "s3://smartretail-prod-models-123456789012";
    assert.deepEqual(urls, [`${bucket}/mme/challenger/`, `${bucket}/mme/champion/`]);
  });

  it("makes the endpoint after the artifacts and after the rights of its role", async () => {
    const { recording } = await planOf("prod");
    const endpoint = find(recording, ENDPOINT);

    const needed = recording.resources.filter(
      ({ type, name }) =>
        type === ARTIFACT || (type.includes("rolePolicyAttachment") && name.startsWith("inference-")),
    );
    assert.ok(needed.length > 8);
    assert.deepEqual(
      needed.filter(({ urn }) => !endpoint.dependencies.includes(urn)).map(({ name }) => name),
      [],
    );
  });

  it("names everything that a policy or an alarm refers to in a first preview", async () => {
    const { recording } = await planOf("prod", { preview: true });

    const alarms = ofType(recording.resources, "aws:cloudwatch/metricAlarm:MetricAlarm").map(
      ({ inputs }) => inputs.name,
    );
    const { inputs } = find(recording, ENDPOINT);
    const { autoRollbackConfiguration } = inputs.deploymentConfig as {
      autoRollbackConfiguration: { alarms: { alarmName: string }[] };
    };
    assert.equal(inputs.name, "smartretail-prod-forecast");
    for (const { alarmName } of autoRollbackConfiguration.alarms)
      assert.ok(alarms.includes(alarmName), alarmName);
    assert.equal(autoRollbackConfiguration.alarms.length, 6);
  });
});

describe("createServing in dev", () => {
  it("makes a serverless endpoint for each category and nothing that costs while idle", async () => {
    const resources = await servingOf("dev");

    assert.deepEqual(
      ofType(resources, ENDPOINT)
        .map(({ inputs }) => inputs.name)
        .sort(),
      CATEGORIES.map((category) => `smartretail-dev-forecast-${category}`).sort(),
    );
    for (const { inputs } of ofType(resources, CONFIGURATION)) {
      assert.match(JSON.stringify(inputs), /"serverlessConfig":\{"maxConcurrency":5,"memorySizeInMb":2048\}/);
      assert.doesNotMatch(JSON.stringify(inputs), /instanceType|dataCaptureConfig|kmsKeyArn/);
    }
    assert.deepEqual(ofType(resources, "aws:appautoscaling/target:Target"), []);
  });

  it("starts each endpoint on its category's bootstrap artifact", async () => {
    const resources = await servingOf("dev");

    const urls = ofType(resources, "aws:sagemaker/model:Model").map(
      ({ inputs }) => (inputs.primaryContainer as { modelDataUrl: string }).modelDataUrl,
    );
    const artifacts = ofType(resources, ARTIFACT).map(
      ({ inputs }) => `s3://${String(inputs.bucket)}/${String(inputs.key)}`,
    );
    assert.deepEqual(urls.sort(), artifacts.sort());
  });
});

describe("remedies for latency", function () {
  this.timeout(60_000);

  async function scalingOf(stack: "dev" | "prod", overrides: Record<string, string>) {
    const { recording } = await planEnvironment(stack, { overrides });
    const policies = ofType(recording.resources, "aws:appautoscaling/policy:Policy");
    return {
      recording,
      metrics: policies.map(({ inputs }) => {
        const { predefinedMetricSpecification } = inputs.targetTrackingScalingPolicyConfiguration as {
          predefinedMetricSpecification: { predefinedMetricType: string };
        };
        return [inputs.resourceId, predefinedMetricSpecification.predefinedMetricType];
      }),
    };
  }

  it("keep containers of each serverless endpoint warm, and scale them", async () => {
    const { recording, metrics } = await scalingOf("dev", {
      "smartretail:serverlessProvisionedConcurrency": "1",
      "smartretail:serverlessProvisionedConcurrencyMax": "3",
    });

    for (const { inputs } of ofType(recording.resources, CONFIGURATION)) {
      assert.match(JSON.stringify(inputs), /"provisionedConcurrency":1/);
    }
    assert.deepEqual(
      metrics.sort(),
      [...CATEGORIES]
        .sort()
        .map((category) => [
          `endpoint/smartretail-dev-forecast-${category}/variant/champion`,
          "SageMakerVariantProvisionedConcurrencyUtilization",
        ]),
    );
    for (const { inputs } of ofType(recording.resources, "aws:appautoscaling/target:Target")) {
      assert.deepEqual([inputs.minCapacity, inputs.maxCapacity], [1, 3]);
    }
  });

  it("scale both variants on instances by requests at a time as well", async () => {
    const { metrics } = await scalingOf("prod", { "smartretail:concurrentRequestsPerInstance": "4" });

    assert.deepEqual(
      metrics.sort(),
      ["challenger", "champion"].flatMap((variant) =>
        [
          "SageMakerVariantConcurrentRequestsPerModelHighResolution",
          "SageMakerVariantInvocationsPerInstance",
        ].map((metric) => [`endpoint/smartretail-prod-forecast/variant/${variant}`, metric]),
      ),
    );
  });
});

describe("the bootstrap model", () => {
  it("forecasts what the baseline says, from rows as wide as the model input", () => {
    const model = loadBoostedTrees("drinks", unpackModelArchive(bootstrapModel().archive).toString());
    const rows = [MODEL_INPUT_NAMES.map((_, i) => i), MODEL_INPUT_NAMES.map(() => undefined)];

    const forecast = model.score({
      features: matrixFromRows(MODEL_INPUT_NAMES, rows),
      baseline: Float32Array.of(1.7, 0.25),
      naive: Float32Array.of(9, 9),
    });

    assert.deepEqual([...forecast], [...Float32Array.of(1.7, 0.25)]);
  });

  it("lies under a version that is named after what it holds, and the pointers start there", async () => {
    const resources = await servingOf("prod");
    const { version } = bootstrapModel();

    const artifacts = ofType(resources, ARTIFACT);
    const pointers = ofType(resources, "aws:ssm/parameter:Parameter").filter(({ name }) =>
      name.endsWith("-pointer"),
    );
    assert.equal(artifacts.length, 8);
    for (const { inputs } of artifacts) {
      const file = unpackModelArchive(Buffer.from(String(inputs.contentBase64), "base64"));
      assert.equal(modelVersion(undefined, file), version);
    }
    for (const variant of ["champion", "challenger"]) {
      for (const category of CATEGORIES) {
        const key = `mme/${variant}/${modelKey(category, version)}`;
        assert.ok(
          artifacts.some(({ inputs }) => inputs.key === key),
          key,
        );
        const pointer = pointers.find(
          ({ inputs }) => inputs.name === `/smartretail/prod/models/${variant}/${category}`,
        );
        assert.deepEqual(
          [pointer?.inputs.insecureValue, pointer?.inputs.allowedPattern],
          [version, MODEL_VERSION_PATTERN.source],
        );
      }
    }
  });

  it("is the same bytes on every machine: other bytes would be another version", () => {
    assert.equal(bootstrapModel().version, "bootstrap-e7c5bc85");
  });

  it("is encrypted with the models bucket's key", async () => {
    const { recording } = await planOf("prod");

    const key = find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn;
    const artifacts = ofType(recording.resources, ARTIFACT);
    assert.deepEqual([...new Set(artifacts.map(({ inputs }) => inputs.kmsKeyId))], [key]);
  });
});
