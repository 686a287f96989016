import assert from "node:assert/strict";
import { planEnvironment, type Plan } from "../../../preview/plan-environment";
import type { Recording } from "../../../preview/recorded-resource";
import { LocalSageMaker } from "../../../runtime/endpoints/local/sagemaker";
import { rollOut } from "../../../runtime/endpoints/roll-out";
import { PlanDeployment, type Change } from "../../../scripts/rollout/plan-deployment";
import { bootstrapModel } from "../../../stacks/serving";
import { planOf } from "../../support/plans";

const ENDPOINT = "smartretail-prod-forecast";
const DESIRED = "/smartretail/prod/endpoints/forecast/desired";
const POINTER = "/smartretail/prod/models/challenger/drinks";
const VERSION = "20261004-0a1b2c3d";
const noWait = { sleep: () => Promise.resolve() };

/** Between two deployments, as a day of a running experiment leaves the endpoint. */
async function runExperiment(cloud: LocalSageMaker): Promise<void> {
  await cloud.updateWeights(ENDPOINT, { champion: 70, challenger: 30 });
  cloud.scale(ENDPOINT, "champion", 3);
  await cloud.setPointer(POINTER, VERSION);
}

/** The same plan from a program that ignores no changes: what happens without the decision. */
function ignoringNothing(recording: Recording): Recording {
  return {
    ...recording,
    resources: recording.resources.map((resource) => ({ ...resource, ignoreChanges: [] })),
  };
}

async function weights(cloud: LocalSageMaker): Promise<Record<string, number>> {
  const { variants } = await cloud.describe(ENDPOINT);
  return Object.fromEntries(variants.map(({ name, weight }) => [name, weight]));
}

function actionOf(changes: readonly Change[], name: string): string | undefined {
  return changes.find((change) => change.name === name)?.action;
}

let first: Plan;
let second: Plan;

describe("live weights and pointers", () => {
  before(async () => {
    first = await planOf("prod");
    second = await planEnvironment("prod", {
      overrides: {
        "smartretail:hostingInstanceType": "ml.m5.xlarge",
        "smartretail:captureSamplingPercent": "50",
        "smartretail:championWeight": "95",
        "smartretail:challengerWeight": "5",
      },
    });
  });

  it("survive a deployment that changes the instance type, the capture and the initial weights", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(first.recording);
    await runExperiment(cloud);
    const running = await cloud.describe(ENDPOINT);

    const changes = deployment.up(second.recording);

    assert.equal(actionOf(changes, "forecast-config"), "replace");
    assert.equal(actionOf(changes, "forecast-desired"), "update");
    const endpoint = changes.find(({ name }) => name === "forecast-endpoint");
    assert.deepEqual([endpoint?.action, endpoint?.ignored], ["same", ["endpointConfigName"]]);
    assert.deepEqual(await cloud.describe(ENDPOINT), running);
    assert.equal(await cloud.readPointer(POINTER), VERSION);
  });

  it("leave the running configuration in place until the endpoint has left it", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(first.recording);
    const { configurationName } = await cloud.describe(ENDPOINT);

    deployment.up(second.recording);

    assert.equal(cloud.hasConfiguration(configurationName), true);
  });

  it("survive the rollout that carries the new configuration", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(first.recording);
    await runExperiment(cloud);
    deployment.up(second.recording);
    const scaling = cloud.scalingOf(ENDPOINT, "champion");

    const { outcome, after, rescaledVariants } = await rollOut(
      cloud,
      ENDPOINT,
      await cloud.readDesired(DESIRED),
      noWait,
    );

    assert.equal(outcome, "updated");
    assert.equal(after.configurationName, (await cloud.readDesired(DESIRED)).configurationName);
    const configuration = await cloud.describeConfiguration(after.configurationName);
    assert.deepEqual(
      configuration.variants.map(({ instanceType }) => instanceType),
      ["ml.m5.xlarge", "ml.m5.xlarge"],
    );
    assert.deepEqual(await weights(cloud), { champion: 70, challenger: 30 });
    assert.equal(after.variants[0]?.instanceCount, 3);
    assert.equal(cloud.captureOf(ENDPOINT), 50);
    assert.equal(await cloud.readPointer(POINTER), VERSION);
    assert.deepEqual(rescaledVariants, ["champion", "challenger"]);
    assert.ok(scaling !== undefined);
    assert.deepEqual(cloud.scalingOf(ENDPOINT, "champion"), scaling);
  });

  it("survive a rollout that SageMaker rolls back, and the rollout says so", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(first.recording);
    await runExperiment(cloud);
    const { configurationName } = await cloud.describe(ENDPOINT);
    deployment.up(second.recording);
    cloud.setAlarm(`${ENDPOINT}-challenger-latency-p99`, true);
    const scaling = cloud.scalingOf(ENDPOINT, "champion");

    const { outcome, after } = await rollOut(cloud, ENDPOINT, await cloud.readDesired(DESIRED), noWait);

    assert.equal(outcome, "rolled-back");
    assert.equal(after.status, "InService");
    assert.equal(after.configurationName, configurationName);
    assert.match(after.failureReason ?? "", /smartretail-prod-forecast-challenger-latency-p99/);
    assert.deepEqual(await weights(cloud), { champion: 70, challenger: 30 });
    assert.ok(scaling !== undefined);
    assert.deepEqual(cloud.scalingOf(ENDPOINT, "champion"), scaling);
  });

  it("survive a deployment after a refresh, which knows what is live", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(first.recording);
    await runExperiment(cloud);
    await deployment.refresh();

    const changes = deployment.up(first.recording);

    assert.deepEqual([...new Set(changes.map(({ action }) => action))], ["same"]);
    assert.equal(await cloud.readPointer(POINTER), VERSION);
  });
});

describe("live weights and pointers of a program that ignores no changes", () => {
  it("go back to the initial weights and counts with any new configuration", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(ignoringNothing(first.recording));
    await runExperiment(cloud);
    await cloud.releaseScaling(ENDPOINT, ["champion", "challenger"]);

    deployment.up(ignoringNothing(second.recording));
    await settle(cloud);

    assert.deepEqual(await weights(cloud), { champion: 95, challenger: 5 });
    assert.equal((await cloud.describe(ENDPOINT)).variants[0]?.instanceCount, 1);
  });

  it("go back to the bootstrap model after a refresh", async () => {
    const cloud = new LocalSageMaker();
    const deployment = new PlanDeployment(cloud);
    deployment.up(ignoringNothing(first.recording));
    await runExperiment(cloud);
    await deployment.refresh();

    deployment.up(ignoringNothing(first.recording));

    assert.equal(await cloud.readPointer(POINTER), bootstrapModel().version);
  });

  it("stop a deployment that changes the instance type, for the variants are scalable targets", async () => {
    const deployment = new PlanDeployment(new LocalSageMaker());
    deployment.up(ignoringNothing(first.recording));

    assert.throws(
      () => deployment.up(ignoringNothing(second.recording)),
      /variant champion is a scalable target; its instance type/,
    );
  });
});

/** Looks at the endpoint until its update is over. */
async function settle(cloud: LocalSageMaker): Promise<void> {
  while ((await cloud.describe(ENDPOINT)).status !== "InService");
}
