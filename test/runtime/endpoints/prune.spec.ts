import assert from "node:assert/strict";
import { LocalInventory } from "../../support/local-inventory";
import { planPrune, prune, type PruneScope } from "../../../runtime/endpoints/prune";

const OURS = { Project: "smartretail", Environment: "prod" };
const scope: PruneScope = {
  configurationNames: ["forecast-config"],
  modelNames: ["forecast-model"],
  tags: OURS,
  desired: ["forecast-config-0000009"],
  keep: 1,
};

/** Configuration and model number `day`, made on that day of November. */
function add(
  inventory: LocalInventory,
  day: number,
  changes: { end?: string; tags?: Record<string, string> } = {},
) {
  const end = changes.end ?? `000000${day}`;
  const thing = (name: string) => ({
    name,
    arn: `arn:${name}`,
    createdAt: new Date(Date.UTC(2026, 10, day)),
    tags: changes.tags ?? OURS,
  });
  inventory.addModel(thing(`forecast-model-${end}`));
  inventory.addConfiguration({ ...thing(`forecast-config-${end}`), models: [`forecast-model-${end}`] });
}

function account(): LocalInventory {
  const inventory = new LocalInventory();
  for (const day of [1, 2, 3, 4, 9]) add(inventory, day);
  inventory.run("shop", "forecast-config-0000002");
  return inventory;
}

describe("planPrune", () => {
  it("takes what nobody uses, but for the newest kept for going back", async () => {
    assert.deepEqual(await planPrune(account(), scope), {
      configurations: ["forecast-config-0000003", "forecast-config-0000001"],
      models: ["forecast-model-0000001"],
    });
  });

  it("spares what an endpoint is on its way to, and copies of what is desired", async () => {
    const inventory = account();
    inventory.run("other", "forecast-config-0000002", "forecast-config-0000001");
    add(inventory, 1, { end: "0000009-20261004-0a1b2c3d" });

    const { configurations, models } = await planPrune(inventory, { ...scope, keep: 0 });

    assert.deepEqual(configurations, ["forecast-config-0000004", "forecast-config-0000003"]);
    assert.deepEqual(models, ["forecast-model-0000004", "forecast-model-0000003"]);
  });

  const foreign: Record<string, string>[] = [{}, { Project: "smartretail" }, { ...OURS, Environment: "dev" }];
  for (const tags of foreign) {
    it(`leaves alone what has the name and the tags ${JSON.stringify(tags)}`, async () => {
      const inventory = new LocalInventory();
      for (const day of [1, 2, 3]) add(inventory, day, { tags });

      assert.deepEqual(await planPrune(inventory, { ...scope, keep: 0 }), { configurations: [], models: [] });
    });
  }

  it("leaves alone what has the tags and another name", async () => {
    const inventory = new LocalInventory();
    for (const end of ["by-hand", "00000zz", "00000012"]) add(inventory, 1, { end });

    assert.deepEqual(await planPrune(inventory, { ...scope, keep: 0 }), { configurations: [], models: [] });
  });

  it("keeps a model that a configuration of somebody else has", async () => {
    const inventory = account();
    inventory.addConfiguration({
      name: "theirs",
      arn: "arn:theirs",
      createdAt: new Date(0),
      tags: {},
      models: ["forecast-model-0000001"],
    });

    assert.deepEqual((await planPrune(inventory, { ...scope, keep: 0 })).models, [
      "forecast-model-0000004",
      "forecast-model-0000003",
    ]);
  });
});

describe("prune", () => {
  it("deletes what was planned, and a second run finds nothing", async () => {
    const inventory = account();

    await prune(inventory, await planPrune(inventory, { ...scope, keep: 0 }));

    assert.deepEqual(
      (await inventory.configurations()).map(({ name }) => name),
      ["forecast-config-0000002", "forecast-config-0000009"],
    );
    assert.deepEqual(await planPrune(inventory, { ...scope, keep: 0 }), { configurations: [], models: [] });
  });

  it("spares a configuration that went live since, with its models", async () => {
    const inventory = account();
    const plan = await planPrune(inventory, { ...scope, keep: 0 });
    inventory.run("shop", "forecast-config-0000001");

    assert.ok(!(await prune(inventory, plan)).configurations.includes("forecast-config-0000001"));
    assert.ok((await inventory.models()).some(({ name }) => name === "forecast-model-0000001"));
  });
});
