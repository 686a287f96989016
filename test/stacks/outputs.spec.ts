import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { OUTPUTS_VERSION, outputParameterName, type SmartRetailOutputs } from "../../contracts/outputs";
import { publishOutputs, readOutputs, type Wired } from "../../stacks/outputs";
import { testContext } from "../support/context";
import { planOf } from "../support/plans";
import { find, listing, record } from "../support/record";
import { valueOf } from "../support/value-of";

/** What another Pulumi program would write: it compiles against the contract, and only against it. */
function orderingApp(reference: pulumi.StackReference) {
  const platform = readOutputs(reference);
  const bucketName: pulumi.Output<string> = platform.buckets.apply(({ results }) => results);
  const foodGroup: pulumi.Output<string> = platform.modelPackageGroups.apply(({ food }) => food);
  const recordIdentifier: pulumi.Output<string> = platform.featureGroups.apply(
    (groups) => groups["store-sku-sales"].recordIdentifier,
  );
  // @ts-expect-error the contract has no such output
  void platform.bucketNames;
  // @ts-expect-error the contract has no such bucket
  void platform.buckets.apply(({ trash }) => trash as string);
  return { bucketName, foodGroup, recordIdentifier };
}

/** Runs `body` against a stack that has these outputs. */
async function withStack<T>(
  outputs: Record<string, unknown>,
  body: (reference: pulumi.StackReference) => Promise<T>,
) {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ inputs }) => ({ id: "ref", state: { ...(inputs as object), outputs } }),
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "ordering-app", "prod");
  return body(new pulumi.StackReference("organization/smartretail/prod"));
}

describe("readOutputs", () => {
  it("gives a consumer the outputs that the program publishes", async () => {
    const { recording } = await planOf("prod");

    const read = await withStack(recording.outputs, async (reference) => {
      const app = orderingApp(reference);
      return [
        await valueOf(app.bucketName),
        await valueOf(app.foodGroup),
        await valueOf(app.recordIdentifier),
      ];
    });

    assert.match(read[0] ?? "", /^smartretail-prod-results-\d{12}$/);
    assert.equal(read[1], "smartretail-prod-food");
    assert.equal(typeof read[2], "string");
  });

  it("rejects another version of the contract and names both", async () => {
    await withStack({ contractVersion: 2, buckets: { results: "x" } }, async (reference) => {
      await assert.rejects(
        valueOf(readOutputs(reference).buckets),
        /stack organization\/smartretail\/prod: outputs have contract version 2; this program reads version 1/,
      );
    });
  });
});

describe("publishOutputs", () => {
  const outputs = {
    contractVersion: OUTPUTS_VERSION,
    network: { vpcId: pulumi.output("vpc-1"), subnetIds: pulumi.output(["subnet-1", "subnet-2"]) },
    dashboards: ["one", "two"],
  } as unknown as Wired<SmartRetailOutputs>;

  it("writes one parameter per leaf, lists joined by commas", async () => {
    const recording = await record(() => void publishOutputs(testContext("dev"), outputs));

    assert.deepEqual(listing(recording), [
      "aws:ssm/parameter:Parameter output-contractVersion",
      "aws:ssm/parameter:Parameter output-dashboards",
      "aws:ssm/parameter:Parameter output-network-subnetIds",
      "aws:ssm/parameter:Parameter output-network-vpcId",
      "smartretail:slice:Outputs outputs",
    ]);
    const subnets = find(recording, "aws:ssm/parameter:Parameter", "output-network-subnetIds");
    assert.equal(subnets.inputs.name, "/smartretail/dev/outputs/v1/network/subnetIds");
    assert.equal(subnets.inputs.insecureValue, "subnet-1,subnet-2");
    assert.equal(
      find(recording, "aws:ssm/parameter:Parameter", "output-contractVersion").inputs.insecureValue,
      "1",
    );
  });

  it("publishes every stack output of both environments as a parameter too", async () => {
    for (const stack of ["dev", "prod"] as const) {
      const { recording } = await planOf(stack);

      const published = new Map(
        recording.resources
          .filter(({ name }) => name.startsWith("output-"))
          .map(({ inputs }) => [String(inputs.name), String(inputs.insecureValue)]),
      );
      const buckets = recording.outputs.buckets as Record<string, string>;
      for (const [purpose, name] of Object.entries(buckets)) {
        assert.equal(published.get(outputParameterName(stack, ["buckets", purpose])), name);
      }
      const topLevel = new Set([...published.keys()].map((path) => path.split("/")[5]));
      assert.deepEqual([...topLevel].sort(), Object.keys(recording.outputs).sort());
    }
  });
});
