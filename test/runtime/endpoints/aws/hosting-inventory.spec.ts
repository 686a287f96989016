import assert from "node:assert/strict";
import { SageMakerClient, type SageMakerClientConfig } from "@aws-sdk/client-sagemaker";
import { AwsHostingInventory } from "../../../../runtime/endpoints/aws/hosting-inventory";

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The real client serializes, signs, pages and retries; only the wire is ours. */
function inventory(answer: (operation: string, input: Record<string, unknown>) => [number, unknown]) {
  const seen: string[] = [];
  const requestHandler = {
    handle: ({ headers, body }: Sent) => {
      const operation = headers["x-amz-target"]?.split(".").at(-1) ?? "";
      seen.push(operation);
      const [statusCode, value] = answer(operation, JSON.parse(body) as Record<string, unknown>);
      const type = { "content-type": "application/x-amz-json-1.1" };
      return Promise.resolve({
        response: { statusCode, headers: type, body: Buffer.from(JSON.stringify(value)) },
      });
    },
  } as unknown as SageMakerClientConfig["requestHandler"];
  const client = new SageMakerClient({
    region: "ap-northeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler,
  });
  return { inventory: new AwsHostingInventory(client), seen };
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

    assert.deepEqual(seen, ["DeleteModel", "DeleteModel"]);
  });

  it("is content with what is gone already, and with nothing else", async () => {
    await inventory(() => [400, GONE]).inventory.deleteConfiguration("a");

    const denied = { __type: "AccessDeniedException", message: "not authorized" };
    await assert.rejects(inventory(() => [400, denied]).inventory.deleteConfiguration("a"), /not authorized/);
  });
});
