import assert from "node:assert/strict";
import { VariantScaling, type VariantScalingArgs } from "../../components/variant-scaling";
import { find, listing, record } from "../support/record";

const args: VariantScalingArgs = {
  endpointName: "shop-forecast",
  variantName: "champion",
  minInstances: 1,
  maxInstances: 4,
  invocationsPerInstancePerMinute: 1200,
};

function recordScaling(changes: Partial<VariantScalingArgs> = {}, preview = false) {
  return record(() => void new VariantScaling("champion", { ...args, ...changes }), { preview });
}

describe("VariantScaling", () => {
  it("makes a target and a policy", async () => {
    assert.deepEqual(listing(await recordScaling()), [
      "aws:appautoscaling/policy:Policy champion-policy",
      "aws:appautoscaling/target:Target champion-target",
      "smartretail:serving:VariantScaling champion",
    ]);
  });

  it("scales the instances of one variant between the bounds", async () => {
    const { inputs } = find(await recordScaling(), "aws:appautoscaling/target:Target");

    assert.deepEqual(inputs, {
      maxCapacity: 4,
      minCapacity: 1,
      resourceId: "endpoint/shop-forecast/variant/champion",
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      serviceNamespace: "sagemaker",
    });
  });

  it("follows the invocations per instance, out fast and in slowly", async () => {
    const { inputs } = find(await recordScaling(), "aws:appautoscaling/policy:Policy");

    assert.equal(inputs.resourceId, "endpoint/shop-forecast/variant/champion");
    assert.deepEqual(inputs.targetTrackingScalingPolicyConfiguration, {
      predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
      scaleInCooldown: 600,
      scaleOutCooldown: 60,
      targetValue: 1200,
    });
  });

  it("follows the requests at a time beside them where it is told to, by a metric of every ten seconds", async () => {
    const recording = await recordScaling({ concurrentRequestsPerInstance: 4 });

    assert.deepEqual(listing(recording), [
      "aws:appautoscaling/policy:Policy champion-concurrency-policy",
      "aws:appautoscaling/policy:Policy champion-policy",
      "aws:appautoscaling/target:Target champion-target",
      "smartretail:serving:VariantScaling champion",
    ]);
    const { inputs } = find(recording, "aws:appautoscaling/policy:Policy", "champion-concurrency-policy");
    assert.deepEqual(inputs, {
      name: "shop-forecast-champion-concurrency",
      policyType: "TargetTrackingScaling",
      resourceId: "endpoint/shop-forecast/variant/champion",
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      serviceNamespace: "sagemaker",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
        },
        scaleInCooldown: 600,
        scaleOutCooldown: 60,
        targetValue: 4,
      },
    });
  });

  it("is known as a whole in a first preview", async () => {
    const { inputs } = find(await recordScaling({}, true), "aws:appautoscaling/target:Target");

    assert.doesNotMatch(JSON.stringify(inputs), /\$unknown/);
  });

  const rejections: [Partial<VariantScalingArgs>, RegExp][] = [
    [{ minInstances: 0 }, /minInstances of variant "champion" is 0; allowed: an integer from 1/],
    [
      { minInstances: 3, maxInstances: 2 },
      /maxInstances of variant "champion" is 2; allowed: an integer from minInstances \(3\)/,
    ],
    [
      { invocationsPerInstancePerMinute: 0 },
      /invocationsPerInstancePerMinute of variant "champion" is 0; allowed: a positive/,
    ],
    [
      { concurrentRequestsPerInstance: -1 },
      /concurrentRequestsPerInstance of variant "champion" is -1; allowed: a positive number, or 0/,
    ],
  ];
  for (const [changes, message] of rejections) {
    it(`rejects ${JSON.stringify(changes)}`, async () => {
      await assert.rejects(recordScaling(changes), message);
    });
  }
});
