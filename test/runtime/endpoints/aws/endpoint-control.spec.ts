import assert from "node:assert/strict";
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { AwsEndpointControl } from "../../../../runtime/endpoints/aws/endpoint-control";

interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** Clients that answer each operation as given and note what was sent. */
function fakeAws(answers: Readonly<Record<string, unknown>>) {
  const calls: Call[] = [];
  const send = (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const operation = command.constructor.name.replace(/Command$/, "");
    calls.push({ operation, input: command.input });
    return Promise.resolve(answers[operation] ?? {});
  };
  const client = { send } as unknown;
  const control = new AwsEndpointControl({
    sagemaker: client as SageMakerClient,
    ssm: client as SSMClient,
    scaling: client as ApplicationAutoScalingClient,
  });
  return { control, calls };
}

const DIMENSION = {
  ServiceNamespace: "sagemaker",
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
};

describe("AwsEndpointControl", () => {
  it("describes what runs: current weights and counts, not desired ones", async () => {
    const { control } = fakeAws({
      DescribeEndpoint: {
        EndpointStatus: "InService",
        EndpointConfigName: "config-1",
        FailureReason: "went back",
        ProductionVariants: [
          {
            VariantName: "champion",
            CurrentWeight: 70,
            DesiredWeight: 60,
            CurrentInstanceCount: 2,
            DesiredInstanceCount: 3,
          },
        ],
      },
    });

    assert.deepEqual(await control.describe("shop"), {
      endpointName: "shop",
      status: "InService",
      configurationName: "config-1",
      variants: [{ name: "champion", weight: 70, instanceCount: 2 }],
      failureReason: "went back",
    });
  });

  it("reads the instance types of a configuration, and none of a serverless one", async () => {
    const { control } = fakeAws({
      DescribeEndpointConfig: {
        ProductionVariants: [
          { VariantName: "champion", InstanceType: "ml.m5.large" },
          { VariantName: "light", ServerlessConfig: { MemorySizeInMB: 2048 } },
        ],
      },
    });

    assert.deepEqual((await control.describeConfiguration("config-1")).variants, [
      { name: "champion", instanceType: "ml.m5.large" },
      { name: "light" },
    ]);
  });

  it("updates with everything retained but the capture settings", async () => {
    const { control, calls } = fakeAws({});
    const deployment = { AutoRollbackConfiguration: { Alarms: [{ AlarmName: "slow" }] } };

    await control.startUpdate("shop", { configurationName: "config-2", deployment });

    assert.deepEqual(calls, [
      {
        operation: "UpdateEndpoint",
        input: {
          EndpointName: "shop",
          EndpointConfigName: "config-2",
          RetainAllVariantProperties: true,
          ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DataCaptureConfig" }],
          DeploymentConfig: deployment,
        },
      },
    ]);
  });

  it("moves weights without touching counts, and rejects a fraction before AWS sees it", async () => {
    const { control, calls } = fakeAws({});

    await control.updateWeights("shop", { champion: 70, challenger: 30 });
    await assert.rejects(control.updateWeights("shop", { champion: 0.7 }), /allowed: an integer from 0/);

    assert.deepEqual(calls, [
      {
        operation: "UpdateEndpointWeightsAndCapacities",
        input: {
          EndpointName: "shop",
          DesiredWeightsAndCapacities: [
            { VariantName: "champion", DesiredWeight: 70 },
            { VariantName: "challenger", DesiredWeight: 30 },
          ],
        },
      },
    ]);
  });

  it("moves a pointer that the program has made", async () => {
    const { control, calls } = fakeAws({ GetParameter: { Parameter: { Value: "20260927-f2a3107e" } } });

    await control.setPointer("/models/drinks", "20261004-0a1b2c3d");

    assert.deepEqual(calls.at(-1), {
      operation: "PutParameter",
      input: { Name: "/models/drinks", Value: "20261004-0a1b2c3d", Overwrite: true },
    });
  });

  it("makes no pointer of its own", async () => {
    const { control, calls } = fakeAws({});

    await assert.rejects(control.setPointer("/models/drinks", "20261004-0a1b2c3d"), {
      message: "parameter /models/drinks has no value",
    });
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ["GetParameter"],
    );
  });

  it("takes scaling off and puts it back as it was", async () => {
    const ResourceId = "endpoint/shop/variant/champion";
    const TargetTrackingScalingPolicyConfiguration = { TargetValue: 1200, ScaleInCooldown: 600 };
    const { control, calls } = fakeAws({
      DescribeScalableTargets: { ScalableTargets: [{ MinCapacity: 1, MaxCapacity: 4 }] },
      DescribeScalingPolicies: {
        ScalingPolicies: [
          {
            PolicyARN: "arn:policy",
            PolicyName: "invocations",
            PolicyType: "TargetTrackingScaling",
            ResourceId,
            Alarms: [],
            TargetTrackingScalingPolicyConfiguration,
          },
        ],
      },
    });

    const released = await control.releaseScaling("shop", ["champion"]);
    await control.restoreScaling("shop", released);

    assert.deepEqual(calls.slice(2), [
      { operation: "DeregisterScalableTarget", input: { ...DIMENSION, ResourceId } },
      {
        operation: "RegisterScalableTarget",
        input: { ...DIMENSION, ResourceId, MinCapacity: 1, MaxCapacity: 4 },
      },
      {
        operation: "PutScalingPolicy",
        input: {
          ...DIMENSION,
          ResourceId,
          PolicyName: "invocations",
          PolicyType: "TargetTrackingScaling",
          TargetTrackingScalingPolicyConfiguration,
        },
      },
    ]);
  });

  it("leaves a variant alone that does not scale", async () => {
    const { control, calls } = fakeAws({});

    assert.deepEqual(await control.releaseScaling("shop", ["champion"]), []);
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ["DescribeScalableTargets"],
    );
  });

  it("makes a configuration with another version of a serverless model", async () => {
    const ProductionVariants = [
      { VariantName: "champion", ModelName: "model-1", ServerlessConfig: { MemorySizeInMB: 2048 } },
    ];
    const { control, calls } = fakeAws({
      DescribeEndpointConfig: { ProductionVariants },
      DescribeModel: {
        ModelName: "model-1",
        ExecutionRoleArn: "arn:role",
        PrimaryContainer: { Image: "xgboost", ModelDataUrl: "s3://models/drinks/bootstrap-1f2e3d4c.tar.gz" },
      },
    });

    assert.equal(await control.withModelVersion("config-1", "bootstrap-1f2e3d4c"), "config-1");
    assert.equal(
      await control.withModelVersion("config-1", "20261004-0a1b2c3d"),
      "config-1-20261004-0a1b2c3d",
    );

    assert.deepEqual(
      calls.filter(({ operation }) => operation.startsWith("Create")),
      [
        {
          operation: "CreateModel",
          input: {
            ModelName: "model-1-20261004-0a1b2c3d",
            ExecutionRoleArn: "arn:role",
            PrimaryContainer: {
              Image: "xgboost",
              Environment: undefined,
              ModelDataUrl: "s3://models/drinks/20261004-0a1b2c3d.tar.gz",
            },
          },
        },
        {
          operation: "CreateEndpointConfig",
          input: {
            EndpointConfigName: "config-1-20261004-0a1b2c3d",
            ProductionVariants: [{ ...ProductionVariants[0], ModelName: "model-1-20261004-0a1b2c3d" }],
          },
        },
      ],
    );
  });

  it("reads the desired configuration from the endpoint's parameter", async () => {
    const { control } = fakeAws({
      GetParameter: { Parameter: { Value: '{"EndpointConfigName":"config-2"}' } },
    });

    assert.deepEqual(await control.readDesired("/desired"), { configurationName: "config-2" });
  });
});
