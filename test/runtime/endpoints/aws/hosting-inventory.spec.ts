import assert from "node:assert/strict";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { AwsHostingInventory } from "../../../../runtime/endpoints/aws/hosting-inventory";
import { awsWire } from "../../../support/aws-wire";

function inventory(
  answer: (operation: string, input: Readonly<Record<string, unknown>>) => [number, unknown],
) {
  const { config, calls } = awsWire(({ operation, input }) => answer(operation, input));
  return {
    inventory: new AwsHostingInventory(new SageMakerClient(config)),
    seen: () => calls.map(({ operation }) => operation),
  };
}

const GONE = { __type: "ValidationException", message: 'Could not find endpoint configuration "a".' };

describe("AwsHostingInventory", () => {
  it("lists the models of all pages with their times", async () => {
    const model = (name: string) => ({
      ModelName: name,
      ModelArn: `arn:${name}`,
      CreationTime: 1_790_000_000,
    });
    const { inventory: found } = inventory((_, { NextToken }) => [
      200,
      NextToken === undefined ? { Models: [model("a")], NextToken: "more" } : { Models: [model("b")] },
    ]);

    assert.deepEqual(await found.models(), [
      { name: "a", arn: "arn:a", createdAt: new Date(1_790_000_000_000) },
      { name: "b", arn: "arn:b", createdAt: new Date(1_790_000_000_000) },
    ]);
  });

  it("counts the configuration that an endpoint is on its way to as used", async () => {
    const { inventory: found } = inventory((operation) => [
      200,
      operation === "ListEndpoints"
        ? { Endpoints: [{ EndpointName: "shop" }] }
        : { EndpointConfigName: "old", PendingDeploymentSummary: { EndpointConfigName: "new" } },
    ]);

    assert.deepEqual(await found.usedConfigurations(), ["old", "new"]);
  });

  it("tries a throttled deletion again", async () => {
    let attempts = 0;
    const { inventory: found, seen } = inventory(() => {
      attempts += 1;
      return attempts === 1 ? [400, { __type: "ThrottlingException", message: "Rate exceeded" }] : [200, {}];
    });

    await found.deleteModel("a");

    assert.deepEqual(seen(), ["DeleteModel", "DeleteModel"]);
  });

  it("is content with what is gone already, and with nothing else", async () => {
    await inventory(() => [400, GONE]).inventory.deleteConfiguration("a");

    const denied = { __type: "AccessDeniedException", message: "not authorized" };
    await assert.rejects(inventory(() => [400, denied]).inventory.deleteConfiguration("a"), /not authorized/);
  });

  it("takes the words of another fault for no absence", async () => {
    const fault = { __type: "InternalFailure", message: "Could not find a host to answer." };

    await assert.rejects(inventory(() => [400, fault]).inventory.deleteModel("a"), /a host to answer/);
  });
});
