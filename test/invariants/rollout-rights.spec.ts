import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SSMClient } from "@aws-sdk/client-ssm";
import { AwsEndpointControl } from "../../runtime/endpoints/aws/endpoint-control";
import { AwsHostingInventory } from "../../runtime/endpoints/aws/hosting-inventory";
import { rollOut } from "../../runtime/endpoints/roll-out";
import { foundationOf } from "../../scripts/bootstrap/foundation";
import { endpointsOfPlan, pointersOfPlan } from "../../scripts/rollout/endpoints-of-plan";
import { pruneStack } from "../../scripts/rollout/prune-stack";
import { awsWire, type AwsCall } from "../support/aws-wire";
import { STACKS } from "../support/environments";
import { decide } from "../support/iam";
import { HostingOnTheWire } from "../support/hosting-on-the-wire";
import { impliedAsks } from "../support/implied-asks";
import { planOf } from "../support/plans";
import { find } from "../support/record";
import { statementsOf } from "../support/statements";

const ADAPTERS = join(__dirname, "../../runtime/endpoints/aws");

/** Everything that rollouts and the clean-up ask of AWS, over clients that are real but for the wire. */
async function callsOf(stack: "dev" | "prod"): Promise<AwsCall[]> {
  const { recording } = await planOf(stack);
  const cloud = new HostingOnTheWire(recording);
  const { config, calls } = awsWire((call) => cloud.answer(call));
  const sagemaker = new SageMakerClient(config);
  const clients = {
    sagemaker,
    ssm: new SSMClient(config),
    scaling: new ApplicationAutoScalingClient(config),
  };
  const control = new AwsEndpointControl(clients);
  for (const { endpointName, desiredParameter } of endpointsOfPlan(recording)) {
    const desired = await control.readDesired(desiredParameter);
    const { outcome } = await rollOut(control, endpointName, desired, { sleep: () => Promise.resolve() });
    assert.equal(outcome, "updated");
    await control.updateWeights(endpointName, { champion: 1 });
  }
  await control.setPointer(pointersOfPlan(recording)[0] ?? "", "20261004-0a1b2c3d");
  const inventory = new AwsHostingInventory(sagemaker);
  const pruned = await pruneStack(recording, { control, inventory, keep: 0, isDryRun: false });
  assert.ok(pruned.configurations.length > 0 && pruned.models.length > 0);
  return calls;
}

/** Operations that the adapters import from the SDK. */
function importedOperations(): string[] {
  // Asking a model for forecasts is the router's.
  const files = readdirSync(ADAPTERS).filter((file) => file !== "model-endpoint.ts");
  const sources = files.map((file) => readFileSync(join(ADAPTERS, file), "utf8"));
  const sent = sources.flatMap((source) => [...source.matchAll(/\b([A-Z]\w+)Command\b/g)]);
  const paginated = sources.flatMap((source) => [...source.matchAll(/\bpaginate([A-Z]\w+)\b/g)]);
  return [...new Set([...sent, ...paginated].map(([, operation = ""]) => operation))].sort();
}

describe("the deployer", () => {
  const calls: Partial<Record<"dev" | "prod", AwsCall[]>> = {};
  before(async () => {
    for (const stack of STACKS) calls[stack] = await callsOf(stack);
  });

  for (const stack of STACKS) {
    it(`may do everything that rollouts and the clean-up ask of AWS in ${stack}`, async () => {
      const { recording } = await planOf(stack);
      const keyArn = String(find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn);
      const scope = {
        accountId: "123456789012",
        region: "ap-northeast-1",
        repository: "smartretail/platform",
      };
      const rights = foundationOf({ ...scope, stack, environment: stack })
        .roles.filter(({ name }) => name === "smartretail-deployer")
        .flatMap(({ policies }) => Object.values(policies).flatMap((policy) => statementsOf(policy)));
      const denied = (calls[stack] ?? [])
        .flatMap((call) => impliedAsks(call, keyArn, stack))
        .filter(
          ({ action, resource, context }) =>
            decide(rights, {
              action,
              resource,
              context: { "aws:RequestedRegion": "ap-northeast-1", ...context },
            }) !== "allowed",
        );

      assert.deepEqual(
        denied.map(({ action, resource }) => `${action} on ${resource}`),
        [],
      );
    });
  }

  it("is asked here for every operation that the adapters import", () => {
    const asked = new Set(Object.values(calls).flatMap((some) => some.map(({ operation }) => operation)));

    assert.deepEqual([...asked].sort(), importedOperations());
  });
});
