import assert from "node:assert/strict";
import { LocalSageMaker } from "../../../../runtime/endpoints/local/sagemaker";
import type { LocalConfiguration, UpdateRequest } from "../../../../runtime/endpoints/local/update";

const variant = (
  name: string,
  initialWeight: number,
  instanceType = "ml.m5.large",
  initialInstanceCount = 1,
) => ({
  name,
  modelName: `${name}-model`,
  initialWeight,
  initialInstanceCount,
  instanceType,
});

function configuration(
  configurationName: string,
  changes: Partial<LocalConfiguration> = {},
): LocalConfiguration {
  return {
    configurationName,
    variants: [variant("champion", 90), variant("challenger", 10)],
    captureSamplingPercent: 20,
    ...changes,
  };
}

function request(changes: Partial<UpdateRequest> = {}): UpdateRequest {
  return { configurationName: "second", retainAllVariantProperties: true, excludeRetained: [], ...changes };
}

/** An endpoint on `first`, its traffic moved to 70/30, with a second configuration at hand. */
async function running(second: Partial<LocalConfiguration> = {}): Promise<LocalSageMaker> {
  const cloud = new LocalSageMaker();
  cloud.createConfiguration(configuration("first"));
  cloud.createConfiguration(configuration("second", second));
  cloud.createEndpoint("shop", "first");
  await cloud.updateWeights("shop", { champion: 70, challenger: 30 });
  cloud.scale("shop", "champion", 4);
  return cloud;
}

async function settled(cloud: LocalSageMaker) {
  let state = await cloud.describe("shop");
  while (state.status === "Updating") state = await cloud.describe("shop");
  return state;
}

const live = ({ variants }: { variants: readonly { weight: number; instanceCount: number }[] }) =>
  variants.map(({ weight, instanceCount }) => [weight, instanceCount]);

describe("LocalSageMaker", () => {
  it("starts an endpoint with the initial weights and counts", async () => {
    const cloud = new LocalSageMaker();
    cloud.createConfiguration(configuration("first"));
    cloud.createEndpoint("shop", "first");

    assert.deepEqual(await cloud.describe("shop"), {
      endpointName: "shop",
      status: "InService",
      configurationName: "first",
      variants: [
        { name: "champion", weight: 90, instanceCount: 1 },
        { name: "challenger", weight: 10, instanceCount: 1 },
      ],
    });
  });

  it("is Updating on the old configuration first, and InService on the new one later", async () => {
    const cloud = await running();

    cloud.updateEndpoint("shop", request());

    const during = await cloud.describe("shop");
    assert.deepEqual([during.status, during.configurationName], ["Updating", "first"]);
    const after = await settled(cloud);
    assert.deepEqual([after.status, after.configurationName], ["InService", "second"]);
  });

  it("resets weights, counts and capture with an update that retains nothing", async () => {
    const cloud = await running({ captureSamplingPercent: 50 });

    cloud.updateEndpoint("shop", request({ retainAllVariantProperties: false }));

    assert.deepEqual(live(await settled(cloud)), [
      [90, 1],
      [10, 1],
    ]);
    assert.equal(cloud.captureOf("shop"), 50);
  });

  it("keeps weights, counts and capture with an update that retains all", async () => {
    const cloud = await running({ captureSamplingPercent: 50 });

    cloud.updateEndpoint("shop", request());

    assert.deepEqual(live(await settled(cloud)), [
      [70, 4],
      [30, 1],
    ]);
    assert.equal(cloud.captureOf("shop"), 20);
  });

  it("takes from the new configuration what is excluded from retaining", async () => {
    const cloud = await running({ captureSamplingPercent: 50 });

    cloud.updateEndpoint("shop", request({ excludeRetained: ["DesiredInstanceCount", "DataCaptureConfig"] }));

    assert.deepEqual(live(await settled(cloud)), [
      [70, 1],
      [30, 1],
    ]);
    assert.equal(cloud.captureOf("shop"), 50);
  });

  it("gives a variant that was not there before its initial values", async () => {
    const cloud = await running({
      variants: [variant("champion", 50), variant("newcomer", 50, "ml.m5.large", 2)],
    });

    cloud.updateEndpoint("shop", request());

    assert.deepEqual(live(await settled(cloud)), [
      [70, 4],
      [50, 2],
    ]);
  });

  it("goes back and says why when an alarm of the deployment goes off", async () => {
    const cloud = await running();
    const deployment = { AutoRollbackConfiguration: { Alarms: [{ AlarmName: "slow" }] } };
    cloud.updateEndpoint("shop", request({ deployment }));
    cloud.setAlarm("unrelated", true);
    assert.equal((await cloud.describe("shop")).status, "Updating");

    cloud.setAlarm("slow", true);

    const after = await cloud.describe("shop");
    assert.deepEqual([after.status, after.configurationName], ["InService", "first"]);
    assert.match(after.failureReason ?? "", /^alarm slow went off/);
  });

  it("does not move traffic during an update", async () => {
    const cloud = await running();
    cloud.updateEndpoint("shop", request());

    await assert.rejects(cloud.updateWeights("shop", { champion: 1 }), {
      message: "endpoint shop is Updating; its weights cannot change now",
    });
  });

  it("moves no weight when one of the variants does not exist", async () => {
    const cloud = await running();

    await assert.rejects(
      cloud.updateWeights("shop", { champion: 1, stranger: 9 }),
      /variant stranger of endpoint shop does not exist/,
    );

    assert.deepEqual(live(await cloud.describe("shop"))[0], [70, 4]);
  });

  it("rejects a weight that SageMaker would not give back as it was", async () => {
    const cloud = await running();

    await assert.rejects(cloud.updateWeights("shop", { champion: 0.9 }), {
      message: 'weight of variant "champion" is 0.9; allowed: an integer from 0',
    });
    await assert.rejects(cloud.updateWeights("shop", { champion: 0, challenger: 0 }), {
      message: "no variant has a weight above 0; allowed: at least one",
    });
  });

  it("sets a pointer that exists, and no other", async () => {
    const cloud = new LocalSageMaker();
    cloud.putParameter("/drinks", "bootstrap-1f2e3d4c");

    await cloud.setPointer("/drinks", "20260927-f2a3107e");

    assert.equal(await cloud.readPointer("/drinks"), "20260927-f2a3107e");
    await assert.rejects(cloud.setPointer("/food", "20260927-f2a3107e"), {
      message: "parameter /food does not exist",
    });
  });

  it("sets a pointer to what the parameter takes, and nothing else", async () => {
    const cloud = new LocalSageMaker();
    cloud.putParameter("/drinks", "bootstrap-1f2e3d4c", /^[a-z0-9-]+$/);

    await assert.rejects(cloud.setPointer("/drinks", "../other"), {
      message: 'parameter /drinks does not take "../other"; allowed: ^[a-z0-9-]+$',
    });
    assert.equal(await cloud.readPointer("/drinks"), "bootstrap-1f2e3d4c");
  });
});

describe("model versions in LocalSageMaker", () => {
  async function withModels(): Promise<LocalSageMaker> {
    const cloud = await running();
    for (const name of ["champion", "challenger"])
      cloud.createModel(`${name}-model`, `s3://models/${name}/bootstrap-1f2e3d4c.tar.gz`);
    return cloud;
  }

  it("make a configuration that serves the other artifact, once", async () => {
    const cloud = await withModels();

    const name = await cloud.withModelVersion("second", "20261004-0a1b2c3d");

    assert.deepEqual(
      [name, await cloud.withModelVersion("second", "20261004-0a1b2c3d")],
      ["second-20261004-0a1b2c3d", "second-20261004-0a1b2c3d"],
    );
    cloud.updateEndpoint("shop", request({ configurationName: name }));
    await settled(cloud);
    assert.deepEqual(cloud.servedBy("shop"), [
      "s3://models/champion/20261004-0a1b2c3d.tar.gz",
      "s3://models/challenger/20261004-0a1b2c3d.tar.gz",
    ]);
  });

  it("leave a configuration alone that has the version", async () => {
    assert.equal(await (await withModels()).withModelVersion("second", "bootstrap-1f2e3d4c"), "second");
  });

  it("need the models", async () => {
    await assert.rejects(
      (await running()).withModelVersion("second", "20261004-0a1b2c3d"),
      /model champion-model does not exist/,
    );
  });
});

describe("UpdateEndpoint in LocalSageMaker", () => {
  const canary = (value: number) => ({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: "CANARY", CanarySize: { Type: "INSTANCE_COUNT", Value: value } },
    },
  });
  const rejections: [string, Partial<LocalConfiguration>, Partial<UpdateRequest>, string][] = [
    ["the configuration that already runs", {}, { configurationName: "first" }, "it already runs first"],
    [
      "guarded updates that rename variants",
      { variants: [variant("champion", 90), variant("other", 10)] },
      { deployment: {} },
      "the variants are challenger, champion, the new configuration has champion, other",
    ],
    [
      "rolling updates of several variants",
      {},
      { deployment: { RollingUpdatePolicy: {} } },
      "rolling updates exclude endpoints with several variants",
    ],
    [
      "a canary of more than half a variant",
      {},
      { deployment: canary(1) },
      "a canary of 1 is more than half of the 1 instances of variant challenger",
    ],
  ];
  for (const [what, second, changes, message] of rejections) {
    it(`rejects ${what}`, async () => {
      const cloud = await running(second);

      assert.throws(() => cloud.updateEndpoint("shop", request(changes)), {
        message: `UpdateEndpoint of shop: ${message}`,
      });
      assert.equal((await cloud.describe("shop")).status, "InService");
    });
  }

  it("takes a canary of half of the live instances", async () => {
    const cloud = await running();
    cloud.scale("shop", "challenger", 2);

    cloud.updateEndpoint("shop", request({ deployment: canary(1) }));

    assert.equal((await settled(cloud)).configurationName, "second");
  });

  it("rejects a second update during the first", async () => {
    const cloud = await running();
    cloud.updateEndpoint("shop", request());

    assert.throws(() => cloud.updateEndpoint("shop", request()), /the endpoint is Updating/);
  });

  it("rejects another instance type, or the end, of a variant that scales by itself", async () => {
    const scaling = { variantName: "champion", minInstances: 1, maxInstances: 4, policies: [] };
    const moved = await running({
      variants: [variant("champion", 90, "ml.m5.xlarge"), variant("challenger", 10)],
    });
    moved.registerScaling("shop", scaling);
    const removed = await running({ variants: [variant("challenger", 10)] });
    removed.registerScaling("shop", scaling);

    assert.throws(
      () => moved.updateEndpoint("shop", request()),
      /champion is a scalable target; its instance type cannot change/,
    );
    assert.throws(
      () => removed.updateEndpoint("shop", request()),
      /champion is a scalable target and cannot be removed/,
    );
  });

  it("knows no endpoint and no configuration that was not made", async () => {
    const cloud = await running();

    assert.throws(() => cloud.updateEndpoint("other", request()), /endpoint other does not exist/);
    assert.throws(
      () => cloud.updateEndpoint("shop", request({ configurationName: "third" })),
      /configuration third does not exist/,
    );
    assert.throws(() => cloud.createEndpoint("shop", "first"), /endpoint shop already exists/);
    assert.throws(
      () => cloud.createConfiguration(configuration("first")),
      /configuration first already exists/,
    );
  });
});
