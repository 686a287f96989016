import assert from "node:assert/strict";
import type { Plan } from "../../preview/plan-environment";
import { LocalInventory } from "../support/local-inventory";
import { LocalSageMaker } from "../../runtime/endpoints/local/sagemaker";
import { main } from "../../scripts/rollout";
import { PlanDeployment } from "../../scripts/rollout/plan-deployment";
import type { Simulation } from "../../scripts/rollout/simulate";
import { planOf } from "../support/plans";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The plan of the files; with changed settings, the same plan with a wider captured share. */
async function plan(stack: string, { overrides = {} }: { overrides?: object } = {}): Promise<Plan> {
  const found = await planOf(stack === "dev" ? "dev" : "prod");
  return Object.keys(overrides).length === 0 ? found : withOtherConfiguration(found);
}

function withOtherConfiguration(plan: Plan): Plan {
  const resources = plan.recording.resources.map((resource) =>
    resource.type === "aws:sagemaker/endpointConfiguration:EndpointConfiguration"
      ? { ...resource, inputs: { ...resource.inputs, tags: { Changed: "yes" } } }
      : resource,
  );
  return { ...plan, recording: { ...plan.recording, resources } };
}

async function run(
  argv: readonly string[],
  control = new LocalSageMaker(),
  inventory = new LocalInventory(),
  published: [string, number][] = [],
): Promise<Run> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    colour: false,
    control: () => Promise.resolve(control),
    inventory: () => Promise.resolve(inventory),
    metrics: () =>
      Promise.resolve({
        publishEndpointsBehind: (environment, count) => {
          published.push([environment, count]);
          return Promise.resolve();
        },
      }),
    sleep: () => Promise.resolve(),
    plan,
    progress: { write: () => true },
  });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** The live account after two deployments, in the middle of an experiment. */
async function liveAccount(): Promise<LocalSageMaker> {
  const cloud = new LocalSageMaker();
  const deployment = new PlanDeployment(cloud);
  const first = await planOf("prod");
  deployment.up(first.recording);
  await cloud.updateWeights("smartretail-prod-forecast", { champion: 70, challenger: 30 });
  deployment.up(withOtherConfiguration(first).recording);
  return cloud;
}

describe("rollout", () => {
  it("tells what runs from what should, and fails while they differ", async () => {
    const cloud = await liveAccount();

    const before = await run(["--stack", "prod", "--check"], cloud);
    await run(["--stack", "prod", "--apply"], cloud);
    const after = await run(["--stack", "prod", "--check", "--json"], cloud);

    assert.deepEqual([before.code, after.code], [1, 0]);
    assert.match(before.out, /^smartretail-prod-forecast \(InService\) runs \S+; desired is \S+$/);
    const { running, desired } = JSON.parse(after.out) as Record<string, string>;
    assert.equal(running, desired);
  });

  it("publishes how many are behind, none included, when it is asked to", async () => {
    const cloud = await liveAccount();
    const published: [string, number][] = [];
    const check = (...more: string[]) =>
      run(["--stack", "prod", "--check", ...more], cloud, undefined, published);

    await check();
    const behind = await check("--publish");
    await run(["--stack", "prod", "--apply"], cloud);
    const level = await check("--publish");

    assert.deepEqual([behind.code, level.code], [1, 0]);
    assert.deepEqual(published, [
      ["prod", 1],
      ["prod", 0],
    ]);
  });

  it("publishes for the environment that the alarm watches, whatever the stack is called", async () => {
    const published: [string, number][] = [];

    await run(["--stack", "lean", "--check", "--publish"], await liveAccount(), undefined, published);

    assert.deepEqual(published, [["prod", 1]]);
  });

  it("publishes nothing when it could not look", async () => {
    const published: [string, number][] = [];

    const { code } = await run(["--stack", "prod", "--check", "--publish"], undefined, undefined, published);

    assert.deepEqual([code, published], [1, []]);
  });

  it("plays a deployment in the middle of an experiment and shows that the split is kept", async () => {
    const { code, out, error } = await run(["--stack", "prod"]);

    assert.deepEqual([code, error], [0, ""]);
    const traffic = [...out.matchAll(/champion (\d+) on \d+, challenger (\d+) on/g)].map(
      ([, a, b]) => `${a}/${b}`,
    );
    assert.deepEqual(traffic, ["90/10", "70/30", "70/30", "70/30", "90/10"]);
    assert.match(out, /The rollout kept the experiment's weights, instance counts and pointer\./);
    assert.match(out, /Had Pulumi updated the endpoint itself: champion 90 on 1, challenger 10 on 1\./);
  });

  it("plays it for serverless endpoints too, which have no split to lose", async () => {
    const { code, out } = await run(["--stack", "dev"]);

    assert.equal(code, 0);
    assert.match(out, /forecast-drinks-config/);
    // The experiment moved this category's pointer: the new configuration serves that version.
    assert.match(out, /forecast-confectionery-config-\w+-20261004-0a1b2c3d/);
    assert.doesNotMatch(out, /Had Pulumi updated/);
  });

  it("gives the simulation to machines", async () => {
    const changes = ["--set", "championWeight=95", "--set", "latencyP99Milliseconds=300"];
    const { out } = await run(["--stack", "prod", "--json", ...changes]);

    const { isStateKept, steps } = JSON.parse(out) as Simulation;
    assert.deepEqual([isStateKept, steps.length], [true, 4]);
  });

  it("carries out a rollout with --apply and shows the traffic before and after", async () => {
    const cloud = await liveAccount();

    const { code, out } = await run(["--stack", "prod", "--apply"], cloud);

    assert.equal(code, 0);
    assert.match(out, /^smartretail-prod-forecast: updated$/m);
    assert.match(out, /before +forecast-config-\w+ +champion 70 on 1, challenger 30 on 1/);
    assert.match(out, /after +forecast-config-\w+ +champion 70 on 1, challenger 30 on 1/);
    assert.match(
      (await run(["--stack", "prod", "--apply"], cloud)).out,
      /^smartretail-prod-forecast: unchanged$/m,
    );
  });

  it("fails when SageMaker goes back, and says why", async () => {
    const cloud = await liveAccount();
    cloud.setAlarm("smartretail-prod-forecast-champion-server-errors", true);

    const { code, out } = await run(["--stack", "prod", "--apply", "--json"], cloud);

    assert.equal(code, 1);
    const { outcome, after } = JSON.parse(out) as { outcome: string; after: { failureReason: string } };
    assert.equal(outcome, "rolled-back");
    assert.match(after.failureReason, /champion-server-errors/);
  });

  it("tells what rollouts have left behind, and deletes it with --apply only", async () => {
    const cloud = await liveAccount();
    const inventory = new LocalInventory();
    const { recording } = await planOf("prod");
    const tags = recording.resources.find(({ name }) => name === "forecast-config")?.inputs.tags;
    for (const day of [1, 2, 3, 4]) {
      const name = `forecast-config-aaaaaa${day}`;
      const createdAt = new Date(Date.UTC(2026, 10, day));
      inventory.addConfiguration({ name, arn: name, createdAt, tags: tags as Record<string, string> });
    }
    const left = async () => (await inventory.configurations()).length;

    const dry = await run(["--stack", "prod", "--prune"], cloud, inventory);
    assert.deepEqual(
      [dry.out, await left()],
      ["would delete endpoint configuration forecast-config-aaaaaa1", 4],
    );
    await run(["--stack", "prod", "--prune", "--apply", "--keep", "2"], cloud, inventory);
    assert.equal(await left(), 2);
    const again = await run(["--stack", "prod", "--prune", "--keep", "2"], cloud, inventory);
    assert.equal(again.out, "nothing to clean up");
  });

  it("says in one line what is missing in an account that nothing is deployed to", async () => {
    const { code, error } = await run(["--stack", "prod", "--apply"]);

    assert.equal(code, 1);
    assert.equal(error, "parameter /smartretail/prod/endpoints/forecast/desired does not exist");
  });

  const rejections: [string[], RegExp][] = [
    [[], /^--stack is not given \(npm run rollout/],
    [["--stack", "prod", "--set", "weight"], /^--set is "weight"; allowed: key=value with a setting/],
    [
      ["--stack", "prod", "--set", "championWait=95"],
      /^--set is "championWait=95"; allowed: key=value with a/,
    ],
    [["--stack", "prod", "--apply", "--set", "championWeight=95"], /^--set is for the simulation/],
    [["--stack", "prod", "--check", "--set", "championWeight=95"], /^--set .* allowed with --check: change/],
    [["--stack", "prod", "--check", "--apply"], /^--check changes nothing: leave out --apply/],
    [["--stack", "prod", "--check", "--prune"], /^--check changes nothing: leave out --prune/],
    [["--stack", "prod", "--keep", "2"], /^--keep is given alone; allowed: with --prune/],
    [["--stack", "prod", "--publish"], /^--publish is given alone; allowed: with --check/],
    [["--stack", "prod", "--prune", "--keep", "all"], /^--keep is "all"; allowed: an integer from 0/],
    [["--stack", "prod", "--now"], /^Unknown option '--now' \(npm run rollout/],
  ];
  for (const [argv, message] of rejections) {
    it(`rejects ${argv.join(" ") || "no arguments"} with one line`, async () => {
      const { code, out, error } = await run(argv);

      assert.deepEqual([code, out, error.includes("\n")], [1, "", false]);
      assert.match(error, message);
    });
  }
});
