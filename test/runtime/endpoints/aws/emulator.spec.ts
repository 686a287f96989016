import assert from "node:assert/strict";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AwsEndpointControl } from "../../../../runtime/endpoints/aws/endpoint-control";
import { type Emulator, startEmulator } from "../../../support/emulator";
import { skipWithout } from "../../../support/skip-without";

describe("AwsEndpointControl against an AWS emulator", function () {
  let emulator: Emulator | undefined;
  let sagemaker: SageMakerClient;
  let ssm: SSMClient;
  let control: AwsEndpointControl;

  before(async function () {
    // It lacks UpdateEndpoint, which the fake clients stand in for.
    skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
    emulator = await startEmulator();
    const { place } = emulator;
    sagemaker = new SageMakerClient(place);
    ssm = new SSMClient(place);
    control = new AwsEndpointControl({ sagemaker, ssm, scaling: new ApplicationAutoScalingClient(place) });
    await deploy();
  });
  after(() => emulator?.stop());

  async function deploy(): Promise<void> {
    const ExecutionRoleArn = "arn:aws:iam::123456789012:role/inference";
    const PrimaryContainer = {
      Image: "xgboost",
      ModelDataUrl: "s3://models/drinks/bootstrap-1f2e3d4c.tar.gz",
    };
    await sagemaker.send(
      new CreateModelCommand({ ModelName: "model-1", ExecutionRoleArn, PrimaryContainer }),
    );
    const variant = (VariantName: string, InitialVariantWeight: number) => ({
      VariantName,
      ModelName: "model-1",
      InitialVariantWeight,
      InitialInstanceCount: 1,
      InstanceType: "ml.m5.large" as const,
    });
    const ProductionVariants = [variant("champion", 90), variant("challenger", 10)];
    await sagemaker.send(
      new CreateEndpointConfigCommand({ EndpointConfigName: "config-1", ProductionVariants }),
    );
    await sagemaker.send(new CreateEndpointCommand({ EndpointName: "shop", EndpointConfigName: "config-1" }));
    await ssm.send(
      new PutParameterCommand({ Name: "/models/drinks", Value: "bootstrap-1f2e3d4c", Type: "String" }),
    );
  }

  it("moves the weights of a live endpoint and reads them back", async () => {
    await control.updateWeights("shop", { champion: 70, challenger: 30 });

    const { status, configurationName, variants } = await control.describe("shop");
    assert.deepEqual([status, configurationName], ["InService", "config-1"]);
    assert.deepEqual(
      variants.map(({ name, weight }) => [name, weight]),
      [
        ["champion", 70],
        ["challenger", 30],
      ],
    );
  });

  it("moves a pointer and reads it back", async () => {
    await control.setPointer("/models/drinks", "20261004-0a1b2c3d");

    assert.equal(await control.readPointer("/models/drinks"), "20261004-0a1b2c3d");
  });

  it("makes a configuration with another model version, and finds it again", async () => {
    const name = await control.withModelVersion("config-1", "20261004-0a1b2c3d");

    assert.deepEqual(
      [name, await control.withModelVersion("config-1", "20261004-0a1b2c3d")],
      ["config-1-20261004-0a1b2c3d", "config-1-20261004-0a1b2c3d"],
    );
    const { PrimaryContainer } = await sagemaker.send(
      new DescribeModelCommand({ ModelName: "model-1-20261004-0a1b2c3d" }),
    );
    assert.equal(PrimaryContainer?.ModelDataUrl, "s3://models/drinks/20261004-0a1b2c3d.tar.gz");
    const { variants } = await control.describeConfiguration(name);
    assert.deepEqual(
      variants.map(({ instanceType }) => instanceType),
      ["ml.m5.large", "ml.m5.large"],
    );
  });
});
