import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import type { Invocation } from "../../runtime/endpoints/model-endpoint";
import { main } from "../../scripts/deploy";
import { endpointNames } from "../../scripts/deploy/live-environment";
import { pulumiCli } from "../../scripts/deploy/pulumi-cli";
import { planOf } from "../support/plans";

const LIVE = Object.fromEntries(CATEGORIES.map((category) => [category, "bootstrap-e7c5bc85"]));

/** As the fake CLI keeps it: the switch for saved plans, then the operation. */
const UP = /^true up /;
const operationOf = (call: string) => call.split(" ").slice(1, 3).join(" ");

describe("deploy", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "deploy-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A program that is called as the CLI is, keeps what it was called with and fails where it is told to. */
  function fakeCli(failing = "nothing") {
    const file = join(folder, "pulumi");
    const log = join(folder, "log");
    rmSync(log, { force: true });
    writeFileSync(
      file,
      `#!/bin/sh
[ "$1" = version ] && exit 0
echo "$PULUMI_EXPERIMENTAL $@" >> "${log}"
case "$1 $2" in
  "stack export") echo '{"version": 3, "deployment": {"resources": []}}' ;;
  "stack output") echo '{"region": "ap-northeast-1"}' ;;
esac
case "$*" in "${failing}"*) echo "error: it was not to be" >&2; exit 3 ;; esac
`,
    );
    chmodSync(file, 0o755);
    return {
      pulumi: pulumiCli(file),
      calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
    };
  }

  async function deploy(
    argv: readonly string[],
    given: Parameters<typeof main>[1] & { failing?: string } = {},
  ) {
    const { failing, ...io } = given;
    const cli = fakeCli(failing);
    const out: string[] = [];
    const errors: string[] = [];
    const commands: string[] = [];
    const asked: Invocation[] = [];
    const command = (name: string) => (options: readonly string[]) => {
      commands.push([name, ...options.map((text) => text.replace(/\/\S+\//, ""))].join(" "));
      return Promise.resolve(0);
    };
    const code = await main(argv, {
      out: (text) => out.push(text),
      error: (text) => errors.push(text),
      colour: false,
      pulumi: cli.pulumi,
      buildPacks: () => Promise.resolve(commands.push("build packs")),
      preflight: command("preflight"),
      cost: command("cost"),
      rollout: command("rollout"),
      environment: () =>
        Promise.resolve({
          pointers: { readAll: () => Promise.resolve({ champion: LIVE, challenger: {} }) },
          endpoint: {
            invoke: (invocation) => {
              asked.push(invocation);
              return Promise.resolve({ text: "1.0", contentType: "text/csv; charset=utf-8" });
            },
          },
        }),
      ask: undefined,
      ...io,
    });
    return { code, out: out.join("\n"), errors: errors.join("\n"), commands, calls: cli.calls(), asked };
  }

  const PACKS =
    "--stack dev --non-interactive --policy-pack policies/security --policy-pack-config policies/config/security.dev.json " +
    "--policy-pack policies/cost --policy-pack-config policies/config/cost.dev.json";

  it("goes from the account to a forecast of each live model, and applies the plan that it showed", async () => {
    const { code, out, commands, calls, asked } = await deploy(["--stack", "dev", "--yes"]);

    assert.equal(code, 0);
    assert.deepEqual(commands, [
      "build packs",
      "preflight --stack dev",
      "cost --stack dev --diff state.json",
      "rollout --stack dev --apply",
      "rollout --stack dev --prune --apply",
    ]);
    const plan = /--save-plan (\S+)/.exec(calls[0] ?? "")?.[1];
    assert.deepEqual(calls, [
      `true preview --diff --save-plan ${plan} ${PACKS}`,
      "true stack export --stack dev",
      `true up --yes --plan ${plan} ${PACKS}`,
      "true stack output --json --stack dev",
    ]);
    assert.equal(existsSync(plan ?? ""), false);
    assert.equal(asked.length, 4);
    assert.equal(asked[0]?.csv.split(",").length, MODEL_INPUT_NAMES.length);
    assert.match(out, /^ok drinks: bootstrap-e7c5bc85 answers 1$/m);
  });

  it("saves the plan and changes nothing with --preview-only", async () => {
    const { code, commands, calls } = await deploy(["--stack", "dev", "--preview-only"]);

    assert.equal(code, 0);
    assert.deepEqual(commands, ["build packs", "cost --stack dev --diff state.json"]);
    assert.match(calls[0] ?? "", /^true preview --diff --save-plan plan\.json /);
    assert.equal(calls.length, 2);
  });

  it("applies a plan that was approved elsewhere as it is", async () => {
    const plan = join(folder, "approved.json");
    writeFileSync(plan, "{}");

    const { calls } = await deploy(["--stack", "dev", "--plan", plan, "--yes"]);

    assert.deepEqual(calls[0], `true up --yes --plan ${plan} ${PACKS}`);
  });

  it("changes nothing until somebody agrees", async () => {
    const nobody = await deploy(["--stack", "dev"]);
    const no = await deploy(["--stack", "dev"], { ask: () => Promise.resolve("n") });
    const yes = await deploy(["--stack", "dev"], { ask: () => Promise.resolve("yes") });

    assert.match(nobody.errors, /^nobody is there to ask: nothing was changed; allowed: yes/);
    assert.match(no.errors, /^the answer was "n": nothing was changed/);
    assert.equal(yes.code, 0);
    for (const { calls } of [nobody, no]) assert.ok(!calls.some((call) => UP.test(call)));
  });

  for (const stack of ["lean", "prod"]) {
    it(`asks for the name of ${stack}, which is production, and takes nothing else`, async () => {
      const yes = await deploy(["--stack", stack], { ask: () => Promise.resolve("yes") });
      const other = await deploy(["--stack", stack, "--confirm", "dev"]);
      const confirmed = await deploy(["--stack", stack, "--confirm", stack]);
      const name = await deploy(["--stack", stack], { ask: () => Promise.resolve(stack) });

      for (const { code, errors, calls } of [yes, other]) {
        assert.equal(code, 1);
        assert.match(errors, new RegExp(`nothing was changed; allowed: ${stack}, or --yes`));
        assert.ok(!calls.some((call) => UP.test(call)));
      }
      assert.deepEqual(other.commands, [], "a wrong name is seen before anything is looked at");
      for (const { code, calls } of [name, confirmed]) {
        assert.equal(code, 0);
        assert.ok(calls.some((call) => UP.test(call)));
      }
    });
  }

  it("stops where the preflight does", async () => {
    const { code, errors, calls } = await deploy(["--stack", "dev", "--yes"], {
      preflight: () => Promise.resolve(1),
    });

    assert.deepEqual([code, calls], [1, []]);
    assert.equal(errors, "the preflight failed: nothing was changed");
  });

  it("stops at a cost that cannot be told, before anything is changed", async () => {
    const { code, errors, commands, calls } = await deploy(["--stack", "dev", "--yes"], {
      cost: () => Promise.resolve(1),
    });

    assert.deepEqual([code, errors], [1, "the cost failed: nothing was changed"]);
    assert.deepEqual(commands, ["build packs", "preflight --stack dev"]);
    assert.deepEqual(calls.map(operationOf), ["preview --diff", "stack export"]);
  });

  it("stops at an up that fails: no endpoint is touched, no model is asked", async () => {
    const { code, errors, commands, calls, asked } = await deploy(["--stack", "dev", "--yes"], {
      failing: "up",
    });

    assert.deepEqual([code, errors, asked], [1, "pulumi up ended with code 3", []]);
    assert.deepEqual(commands, [
      "build packs",
      "preflight --stack dev",
      "cost --stack dev --diff state.json",
    ]);
    assert.deepEqual(calls.map(operationOf), ["preview --diff", "stack export", "up --yes"]);
  });

  it("stops at what cannot be pruned: no model is asked, and the way on is said", async () => {
    const rollouts: string[] = [];
    const { code, errors, calls, asked } = await deploy(["--stack", "dev", "--yes"], {
      rollout: (options) => {
        rollouts.push(options.join(" "));
        return Promise.resolve(options.includes("--prune") ? 1 : 0);
      },
    });

    assert.deepEqual([code, asked], [1, []]);
    assert.equal(
      errors,
      "the clean-up failed: the resources are deployed; then: npm run rollout -- --stack dev --prune --apply",
    );
    assert.deepEqual(rollouts, ["--stack dev --apply", "--stack dev --prune --apply"]);
    assert.deepEqual(calls.map(operationOf), ["preview --diff", "stack export", "up --yes"]);
  });

  it("stops where pulumi does, with its code and its last line", async () => {
    const preview = await deploy(["--stack", "dev", "--yes"], { failing: "preview" });
    const state = await deploy(["--stack", "dev", "--yes"], { failing: "stack export" });

    assert.deepEqual([preview.code, preview.errors], [1, "pulumi preview ended with code 3"]);
    assert.equal(state.errors, "pulumi stack ended with code 3: error: it was not to be");
  });

  it("says what to do when the resources are deployed and the rollout is not", async () => {
    const { code, errors } = await deploy(["--stack", "dev", "--yes"], {
      rollout: () => Promise.resolve(1),
    });

    assert.equal(code, 1);
    assert.equal(
      errors,
      "the rollout failed: the resources are deployed; then: npm run rollout -- --stack dev --apply",
    );
  });

  it("fails for a model that does not answer with a factor, and names it", async () => {
    const answers: Record<string, () => Promise<{ text: string; contentType: string }>> = {
      drinks: () => Promise.resolve({ text: "1", contentType: "text/csv" }),
      food: () => Promise.resolve({ text: "nan", contentType: "text/csv" }),
      daily: () => Promise.reject(new Error("the model cannot be loaded")),
    };
    const { code, out } = await deploy(["--stack", "dev", "--yes"], {
      environment: () =>
        Promise.resolve({
          pointers: {
            readAll: () =>
              Promise.resolve({ champion: { ...LIVE, confectionery: undefined }, challenger: {} }),
          },
          endpoint: { invoke: ({ category }) => answers[category]!() },
        }),
    });

    assert.equal(code, 1);
    assert.match(out, /^ok drinks: /m);
    assert.match(out, /^failed food: bootstrap-e7c5bc85 answers NaN$/m);
    assert.match(out, /^failed daily: bootstrap-e7c5bc85: the model cannot be loaded$/m);
    assert.match(out, /^failed confectionery: no live version is named$/m);
  });

  it("takes a plan to apply or makes one to show, not both", async () => {
    const plan = join(folder, "approved.json");
    writeFileSync(plan, "{}");

    const { code, errors, calls } = await deploy(["--stack", "dev", "--preview-only", "--plan", plan]);

    assert.deepEqual([code, calls], [1, []]);
    assert.match(errors, /^--plan is applied as it is: leave out one of --preview-only and --plan \(/);
  });

  it("says first where the CLI comes from when there is none, and which stacks there are", async () => {
    const none = await deploy(["--stack", "dev", "--yes"], { pulumi: pulumiCli(join(folder, "none")) });
    const stack = await deploy(["--stack", "test"]);

    assert.deepEqual(none.commands, []);
    assert.match(none.errors, /none is not on the PATH: https:\/\/www\.pulumi\.com\/docs\/install$/);
    assert.match(stack.errors, /^--stack is test; there are: dev, lean, prod /);
  });

  it("finds the endpoints in the outputs of both environments", async function () {
    this.timeout(90_000);
    const serving = async (stack: "dev" | "prod") =>
      (await planOf(stack)).recording.outputs["serving"] as unknown as Parameters<typeof endpointNames>[0];

    const dev = endpointNames(await serving("dev"));
    const prod = endpointNames(await serving("prod"));

    assert.deepEqual(Object.keys(dev).sort(), [...CATEGORIES].sort());
    assert.deepEqual(prod, { forecast: "smartretail-prod-forecast" });
    const empty = { mode: "realtime", endpoints: {}, variantNames: [], modelPointers: {} } as const;
    assert.throws(() => endpointNames(empty), /outputs have no serving\.endpoints\.forecast\.name/);
  });
});
