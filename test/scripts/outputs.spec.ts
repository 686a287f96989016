import assert from "node:assert/strict";
import { OUTPUT_KEYS, OUTPUTS_VERSION } from "../../contracts/outputs";
import { PlanError } from "../../preview/plan-error";
import { main } from "../../scripts/outputs";
import { planOf } from "../support/plans";

describe("outputs", function () {
  this.timeout(90_000);

  async function outputs(argv: readonly string[], deployed: () => unknown = () => ({})) {
    const out: string[] = [];
    const errors: string[] = [];
    const calls: string[] = [];
    const code = await main(argv, {
      out: (text) => out.push(text),
      error: (text) => errors.push(text),
      colour: false,
      plan: (stack) => planOf(stack as "prod"),
      pulumi: {
        show: () => assert.fail("it changes nothing"),
        read: (options) => {
          calls.push(options.join(" "));
          return JSON.stringify(deployed());
        },
      },
    });
    return { code, out: out.join("\n"), errors: errors.join("\n"), calls };
  }

  const contract = async () => (await planOf("prod")).recording.outputs;

  it("shows every value of the contract, and where SSM has it", async () => {
    const { code, out } = await outputs(["--stack", "prod", "--known"]);

    assert.equal(code, 0);
    for (const key of OUTPUT_KEYS) assert.match(out, new RegExp(`^${key}[. ]`, "m"));
    assert.match(out, /^buckets\.results +smartretail-prod-results-123456789012$/m);
    assert.match(out, /\/smartretail\/prod\/outputs\/v1\/<output, with \/ for \.>$/);
  });

  it("gives machines the contract itself, with the parameter of each value", async () => {
    const { out } = await outputs(["--stack", "prod", "--json"]);
    const {
      stack,
      source,
      outputs: found,
      parameters,
    } = JSON.parse(out) as Record<"stack" | "source" | "outputs", unknown> & {
      parameters: Record<string, string>;
    };

    assert.deepEqual([stack, source], ["prod", "plan"]);
    assert.deepEqual(found, await contract());
    assert.equal(parameters["buckets.results"], "/smartretail/prod/outputs/v1/buckets/results");
    const planned = (await planOf("prod")).recording.resources
      .filter(({ type, name }) => type === "aws:ssm/parameter:Parameter" && name.startsWith("output-"))
      .map(({ inputs }) => inputs.name);
    assert.deepEqual(Object.values(parameters).sort(), planned.sort());
  });

  it("reads a deployed stack by the CLI", async () => {
    const live = await contract();
    const { code, out, calls } = await outputs(["--stack", "prod", "--deployed", "--json"], () => live);

    assert.equal(code, 0);
    assert.deepEqual(calls, ["stack output --json --stack prod"]);
    assert.equal((JSON.parse(out) as { source: string }).source, "deployed");
  });

  it("says which outputs a deployed stack lacks, and which version it speaks", async () => {
    const { api, ...older } = await contract();
    const deployed = async (found: unknown) =>
      (await outputs(["--stack", "prod", "--deployed"], () => found)).errors;

    assert.ok(api);
    assert.equal(await deployed({}), "stack prod has no outputs: it is not deployed");
    assert.equal(
      await deployed({ ...older, contractVersion: OUTPUTS_VERSION + 1 }),
      `stack prod: outputs have contract version ${OUTPUTS_VERSION + 1}; this program reads version ${OUTPUTS_VERSION}`,
    );
    assert.equal(await deployed(older), "stack prod is older than this program: it has no api; deploy it");
  });

  it("says where the CLI comes from, and that an imaginary account is no deployed stack", async () => {
    const none = () => {
      throw new PlanError("pulumi is not on the PATH: https://www.pulumi.com/docs/install");
    };
    const missing = await outputs(["--stack", "prod", "--deployed"], none);
    const both = await outputs(["--stack", "prod", "--deployed", "--known"]);

    assert.deepEqual([missing.code, both.code], [1, 1]);
    assert.match(missing.errors, /^pulumi is not on the PATH/);
    assert.match(both.errors, /^--known is for a plan/);
  });
});
