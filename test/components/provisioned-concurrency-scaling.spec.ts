import assert from "node:assert/strict";
import {
  ProvisionedConcurrencyScaling,
  type ProvisionedConcurrencyScalingArgs,
} from "../../components/provisioned-concurrency-scaling";
import { find, listing, record } from "../support/record";

const args: ProvisionedConcurrencyScalingArgs = {
  endpointName: "shop-forecast-drinks",
  variantName: "champion",
  minConcurrency: 1,
  maxConcurrency: 4,
};

function recordScaling(changes: Partial<ProvisionedConcurrencyScalingArgs> = {}, preview = false) {
  return record(() => void new ProvisionedConcurrencyScaling("drinks", { ...args, ...changes }), { preview });
}

describe("ProvisionedConcurrencyScaling", () => {
  it("makes a target and a policy", async () => {
    assert.deepEqual(listing(await recordScaling()), [
      "aws:appautoscaling/policy:Policy drinks-policy",
      "aws:appautoscaling/target:Target drinks-target",
      "smartretail:serving:ProvisionedConcurrencyScaling drinks",
    ]);
  });

  it("scales the warm containers of one variant between the bounds", async () => {
    const { inputs } = find(await recordScaling(), "aws:appautoscaling/target:Target");

    assert.deepEqual(inputs, {
      maxCapacity: 4,
      minCapacity: 1,
      resourceId: "endpoint/shop-forecast-drinks/variant/champion",
      scalableDimension: "sagemaker:variant:DesiredProvisionedConcurrency",
      serviceNamespace: "sagemaker",
    });
  });

  it("follows the one metric that Application Auto Scaling takes for them", async () => {
    const { inputs } = find(await recordScaling(), "aws:appautoscaling/policy:Policy");

    assert.deepEqual(inputs, {
      name: "shop-forecast-drinks-champion-provisioned-concurrency",
      policyType: "TargetTrackingScaling",
      resourceId: "endpoint/shop-forecast-drinks/variant/champion",
      scalableDimension: "sagemaker:variant:DesiredProvisionedConcurrency",
      serviceNamespace: "sagemaker",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantProvisionedConcurrencyUtilization",
        },
        scaleInCooldown: 900,
        scaleOutCooldown: 0,
        targetValue: 0.7,
      },
    });
  });

  it("is known as a whole in a first preview", async () => {
    for (const { inputs } of (await recordScaling({}, true)).resources) {
      assert.doesNotMatch(JSON.stringify(inputs), /\$unknown/);
    }
  });

  const rejections: [Partial<ProvisionedConcurrencyScalingArgs>, RegExp][] = [
    [{ minConcurrency: 0 }, /minConcurrency of variant "champion" is 0; allowed: an integer from 1 to 200/],
    [
      { minConcurrency: 201, maxConcurrency: 201 },
      /minConcurrency of variant "champion" is 201; allowed: an integer from 1 to 200/,
    ],
    [
      { minConcurrency: 3, maxConcurrency: 2 },
      /maxConcurrency of variant "champion" is 2; allowed: an integer from minConcurrency \(3\) to 200/,
    ],
    [{ maxConcurrency: 201 }, /maxConcurrency of variant "champion" is 201; allowed: .* to 200/],
  ];
  for (const [changes, message] of rejections) {
    it(`rejects ${JSON.stringify(changes)}`, async () => {
      await assert.rejects(recordScaling(changes), message);
    });
  }
});
