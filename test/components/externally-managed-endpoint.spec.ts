import assert from "node:assert/strict";
import { blueGreenDeployment } from "../../components/endpoint-deployment";
import {
  ExternallyManagedEndpoint,
  type ExternallyManagedEndpointArgs,
} from "../../components/externally-managed-endpoint";
import { find, listing, record } from "../support/record";

const args: ExternallyManagedEndpointArgs = {
  endpointName: "shop-forecast",
  variants: [
    { variantName: "champion", modelName: "model-1", instanceType: "ml.m5.large", initialInstanceCount: 1 },
  ],
  desiredParameterName: "/shop/desired",
};

function recordEndpoint(changes: Partial<ExternallyManagedEndpointArgs> = {}, preview = false) {
  return record(() => void new ExternallyManagedEndpoint("forecast", { ...args, ...changes }), { preview });
}

describe("ExternallyManagedEndpoint", () => {
  it("makes a configuration, the endpoint and the parameter with the desired configuration", async () => {
    assert.deepEqual(listing(await recordEndpoint()), [
      "aws:sagemaker/endpoint:Endpoint forecast-endpoint",
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration forecast-config",
      "aws:ssm/parameter:Parameter forecast-desired",
      "smartretail:serving:ExternallyManagedEndpoint forecast",
    ]);
  });

  it("leaves the endpoint on the configuration that the run time has chosen", async () => {
    const { ignoreChanges, inputs } = find(await recordEndpoint(), "aws:sagemaker/endpoint:Endpoint");

    assert.deepEqual(ignoreChanges, ["endpointConfigName", "deploymentConfig"]);
    assert.equal(inputs.name, "shop-forecast");
  });

  it("keeps a replaced configuration, which the endpoint may still run on, and lets its name be generated", async () => {
    const configuration = find(
      await recordEndpoint(),
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    );

    assert.equal(configuration.retainOnDelete, true);
    assert.match(String(configuration.outputs.name), /^forecast-config-[0-9a-f]{7}$/);
  });

  it("tells the rollout which configuration is desired, in the API's words", async () => {
    const recording = await recordEndpoint({ deployment: blueGreenDeployment(1, ["alarm"]) });

    const { inputs, ignoreChanges } = find(recording, "aws:ssm/parameter:Parameter");
    const { outputs } = find(recording, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
    assert.deepEqual(JSON.parse(String(inputs.insecureValue)), {
      EndpointConfigName: outputs.name,
      DeploymentConfig: {
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: "alarm" }] },
        BlueGreenUpdatePolicy: {
          MaximumExecutionTimeoutInSeconds: 3600,
          TerminationWaitInSeconds: 600,
          TrafficRoutingConfiguration: { Type: "ALL_AT_ONCE", WaitIntervalInSeconds: 0 },
        },
      },
      ModelPointer: null,
    });
    assert.deepEqual(ignoreChanges, []);
  });

  it("says that no deployment is configured where there is none", async () => {
    const { inputs } = find(await recordEndpoint(), "aws:ssm/parameter:Parameter");

    assert.match(String(inputs.insecureValue), /^\{"DeploymentConfig":null,/);
  });

  it("encrypts volumes with the key where one is given", async () => {
    const configurationOf = async (volumeKmsKeyArn?: string) =>
      find(
        await recordEndpoint({ volumeKmsKeyArn }),
        "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
      ).inputs;

    assert.equal((await configurationOf("arn:key")).kmsKeyArn, "arn:key");
    assert.equal((await configurationOf()).kmsKeyArn, undefined);
  });

  it("has its names in a first preview", async () => {
    const { inputs } = find(await recordEndpoint({}, true), "aws:sagemaker/endpoint:Endpoint");

    assert.equal(inputs.name, "shop-forecast");
  });

  it("rejects a name that SageMaker rejects", async () => {
    await assert.rejects(recordEndpoint({ endpointName: "shop_forecast" }), {
      message: 'endpointName is "shop_forecast"; allowed: 1 to 63 letters, digits and hyphens',
    });
  });
});
