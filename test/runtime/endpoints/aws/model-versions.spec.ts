import assert from "node:assert/strict";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { AwsModelVersions } from "../../../../runtime/endpoints/aws/model-versions";
import { awsWire, type AwsCall } from "../../../support/aws-wire";

const SAGEMAKER = "arn:aws:sagemaker:ap-northeast-1:123456789012";
const OWNER = { Key: "Project", Value: "smartretail" };
const PLACE = { Key: "Environment", Value: "dev" };

const ANSWERS: Readonly<Record<string, (input: AwsCall["input"]) => unknown>> = {
  DescribeEndpointConfig: () => ({
    EndpointConfigName: "config-1",
    EndpointConfigArn: `${SAGEMAKER}:endpoint-config/config-1`,
    ProductionVariants: [{ VariantName: "champion", ModelName: "model-1" }],
  }),
  DescribeModel: () => ({
    ModelName: "model-1",
    ModelArn: `${SAGEMAKER}:model/model-1`,
    ExecutionRoleArn: "arn:aws:iam::123456789012:role/inference",
    PrimaryContainer: { Image: "xgboost", ModelDataUrl: "s3://models/drinks/bootstrap-1f2e3d4c.tar.gz" },
  }),
  // Two pages, and a tag of AWS's own that nobody else may set.
  ListTags: ({ NextToken }) =>
    NextToken === undefined
      ? { Tags: [OWNER, { Key: "aws:cloudformation:stack-name", Value: "a" }], NextToken: "more" }
      : { Tags: [PLACE] },
};

function versions(answers: Readonly<Record<string, (input: AwsCall["input"]) => unknown>> = {}) {
  const all = { ...ANSWERS, ...answers };
  const { config, calls } = awsWire(({ operation, input }) => {
    const value = all[operation]?.(input) ?? {};
    return value instanceof Error ? [400, { __type: value.name, message: value.message }] : [200, value];
  });
  const inputOf = (operation: string) => calls.find((call) => call.operation === operation)?.input;
  return { versions: new AwsModelVersions(new SageMakerClient(config)), calls, inputOf };
}

describe("AwsModelVersions", () => {
  it("gives copies every tag of their originals, from all pages, but AWS's own", async () => {
    const { versions: found, calls, inputOf } = versions();

    await found.configuration("config-1", "20261004-0a1b2c3d");

    assert.deepEqual(inputOf("CreateModel")?.Tags, [OWNER, PLACE]);
    assert.deepEqual(inputOf("CreateEndpointConfig")?.Tags, [OWNER, PLACE]);
    assert.deepEqual(
      calls.filter(({ operation }) => operation === "ListTags").map(({ input }) => input.ResourceArn),
      [
        `${SAGEMAKER}:model/model-1`,
        `${SAGEMAKER}:model/model-1`,
        `${SAGEMAKER}:endpoint-config/config-1`,
        `${SAGEMAKER}:endpoint-config/config-1`,
      ],
    );
  });

  it("sends no tags where the original has none", async () => {
    const { versions: found, inputOf } = versions({ ListTags: () => ({ Tags: [] }) });

    await found.configuration("config-1", "20261004-0a1b2c3d");

    assert.equal("Tags" in (inputOf("CreateModel") ?? {}), false);
    assert.equal("Tags" in (inputOf("CreateEndpointConfig") ?? {}), false);
  });

  it("makes nothing where the version is served already", async () => {
    const { versions: found, calls } = versions();

    assert.equal(await found.configuration("config-1", "bootstrap-1f2e3d4c"), "config-1");
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ["DescribeEndpointConfig", "DescribeModel"],
    );
  });

  it("goes on with what a run before it has made, and with nothing else that SageMaker rejects", async () => {
    const existing = Object.assign(new Error("Cannot create already existing model"), {
      name: "ValidationException",
    });
    const denied = Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });

    const { versions: again } = versions({ CreateModel: () => existing });
    assert.equal(await again.configuration("config-1", "20261004-0a1b2c3d"), "config-1-20261004-0a1b2c3d");
    const { versions: refused } = versions({ CreateEndpointConfig: () => denied });
    await assert.rejects(refused.configuration("config-1", "20261004-0a1b2c3d"), /not authorized/);
  });

  it("keeps a network and an isolation that the original has", async () => {
    const VpcConfig = { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1"] };
    const { versions: found, inputOf } = versions({
      DescribeModel: (input) => ({
        ...(ANSWERS.DescribeModel?.(input) as object),
        VpcConfig,
        EnableNetworkIsolation: true,
      }),
    });

    await found.configuration("config-1", "20261004-0a1b2c3d");

    const { VpcConfig: sent, EnableNetworkIsolation } = inputOf("CreateModel") ?? {};
    assert.deepEqual([sent, EnableNetworkIsolation], [VpcConfig, true]);
  });
});
