import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estimateMonthlyCost } from "../../policies/cost/pricing/estimate";
import type { Plan } from "../../preview/plan-environment";
import { estimateEnvironment, main } from "../../scripts/cost";
import { planOf } from "../support/plans";

const ROOT = join(__dirname, "..", "..");

/** Runs the command over recorded plans and keeps what it prints. */
async function run(
  argv: readonly string[],
  root = ROOT,
  plan: (stack: string) => Promise<Plan> = planOfStack,
) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    root,
    colour: false,
    quiet: true,
    plan,
  });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

function planOfStack(stack: string): Promise<Plan> {
  return planOf(stack as "dev" | "prod");
}

/** Plans are made once per process and shared with other specs. */
async function makePlans(): Promise<void> {
  for (const stack of ["dev", "prod"] as const) {
    await planOf(stack);
    await planOf(stack, { preview: true });
  }
}

describe("npm run cost", () => {
  before(makePlans);

  it("prints the dearest resources first, the sums beside the budget, and that nothing is unpriced", async () => {
    const { code, out } = await run(["--stack", "prod"]);

    const lines = out.split("\n");
    assert.equal(code, 0);
    assert.match(lines[0] ?? "", /^Monthly cost of prod \(ap-northeast-1, prices of \d{4}-\d\d-\d\d\)$/);
    assert.match(lines[3] ?? "", /^forecast-endpoint +champion: 1-\d x ml\.m5\.large +108\.62 /);
    assert.match(out, /minimum capacity, quiet month +\d+\.\d\d +\d+ %/);
    assert.match(out, /Unpriced: nothing$/);
  });

  it("shows every line with --all, and the same sums", async () => {
    const short = await run(["--stack", "dev"]);
    const all = await run(["--stack", "dev", "--all"]);
    const sumsOf = (text: string) => text.split("\n").filter((line) => line.includes("capacity"));

    assert.match(short.out, /smaller lines/);
    assert.doesNotMatch(all.out, /smaller lines/);
    assert.deepEqual(sumsOf(all.out), sumsOf(short.out));
  });

  it("prints the estimate as JSON", async () => {
    const { out } = await run(["--stack", "dev", "--json"]);

    const json = JSON.parse(out) as {
      stack: string;
      budgetUsd: number;
      minimumUsd: number;
      maximumUsd: number;
    };
    assert.equal(json.stack, "dev");
    assert.ok(json.minimumUsd > 0 && json.minimumUsd <= json.maximumUsd && json.maximumUsd <= json.budgetUsd);
  });

  for (const [argv, message] of [
    [[], /^--stack is missing; there are: dev, prod$/],
    [["--stack", "test"], /^stack "test" does not exist; there are: dev, prod$/],
    [["--stak", "prod"], /^Unknown option '--stak' \(npm run cost/],
  ] as const) {
    it(`rejects ${JSON.stringify(argv)} in one line`, async () => {
      const { code, out, error } = await run(argv);

      assert.equal(code, 1);
      assert.equal(out, "");
      assert.match(error, message);
    });
  }

  describe("with --diff", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "cost-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    function write(value: unknown): string {
      const file = join(folder, "before.json");
      writeFileSync(file, JSON.stringify(value));
      return file;
    }

    it("says what changes against another plan, in numbers that add up", async () => {
      const { resources } = (await planOf("prod")).recording;
      const isEndpoint = ({ type }: { type: string }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint";
      const file = write({ resources: resources.filter((resource) => !isEndpoint(resource)) });

      const { code, out } = await run(["--stack", "prod", "--diff", file, "--json"]);

      assert.equal(code, 0);
      const { before, after, changes } = JSON.parse(out) as {
        before: { maximumUsd: number };
        after: { maximumUsd: number };
        changes: { beforeUsd: number; afterUsd: number }[];
      };
      assert.ok(changes.length >= 5);
      const sum = changes.reduce((total, { beforeUsd, afterUsd }) => total + afterUsd - beforeUsd, 0);
      assert.ok(Math.abs(sum - (after.maximumUsd - before.maximumUsd)) < 0.01);
      assert.match(
        (await run(["--stack", "prod", "--diff", file])).out,
        /sum at maximum capacity +\d+\.\d\d +\d+\.\d\d +\+\d+\.\d\d$/,
      );
    });

    it("reads the state of a deployed stack", async () => {
      const { resources } = (await planOf("dev")).recording;
      // As the engine exports it: no names, outputs beside the inputs, null for no dependencies.
      const state = resources.map(({ urn, type, inputs, dependencies, propertyDependencies, custom }) => ({
        urn,
        type,
        custom,
        inputs,
        dependencies,
        propertyDependencies: { ...propertyDependencies, retention: null },
      }));

      const { code, out } = await run([
        "--stack",
        "dev",
        "--diff",
        write({ version: 3, deployment: { resources: state } }),
      ]);

      assert.deepEqual([code, out.split("\n").at(-1)], [0, "no resource costs more or less"]);
    });

    it("rejects a file that is neither in one line", async () => {
      const neither = await run(["--stack", "dev", "--diff", write({ some: "thing" })]);
      const missing = await run(["--stack", "dev", "--diff", join(folder, "none.json")]);

      assert.match(neither.error, /^\S+before\.json is neither a plan \(.*\) nor a state \(.*\)$/);
      assert.match(missing.error, /^\S+none\.json cannot be read: ENOENT/);
      assert.deepEqual([neither.code, missing.code], [1, 1]);
    });
  });

  it("records the agreed estimate with --update, in cents", async () => {
    const root = mkdtempSync(join(tmpdir(), "cost-"));
    try {
      mkdirSync(join(root, "policies"));
      cpSync(join(ROOT, "policies", "config"), join(root, "policies", "config"), { recursive: true });
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"])
        cpSync(join(ROOT, file), join(root, file));

      await run(["--stack", "dev", "--update"], root);

      const file = join(root, "policies", "config", "estimate.dev.json");
      const agreed = JSON.parse(readFileSync(file, "utf8")) as { maximumUsd: number };
      const { maximumUsd } = estimateEnvironment(await planOf("dev"));
      assert.equal(agreed.maximumUsd, Math.round(maximumUsd * 100) / 100);
      assert.equal(existsSync(`${file}.tmp`), false);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("the estimate of the program", () => {
  before(makePlans);

  for (const stack of ["dev", "prod"] as const) {
    it(`prices every resource of ${stack}`, async () => {
      const { unpriced } = estimateEnvironment(await planOf(stack));

      assert.deepEqual(unpriced, []);
    });

    it(`is within the agreed estimate of ${stack}`, async () => {
      const estimate = estimateEnvironment(await planOf(stack));
      const file = join(ROOT, "policies", "config", `estimate.${stack}.json`);

      const agreed = JSON.parse(readFileSync(file, "utf8")) as { minimumUsd: number; maximumUsd: number };
      for (const bound of ["minimumUsd", "maximumUsd"] as const)
        assert.ok(
          estimate[bound] <= agreed[bound] * 1.05,
          `${bound}: ${estimate[bound]} > ${agreed[bound]} + 5 %`,
        );
    });

    it(`is bounded in the first preview of ${stack} by what it will be, but for the machines' jobs`, async () => {
      const known = estimateEnvironment(await planOf(stack));
      const first = estimateEnvironment(await planOf(stack, { preview: true }));
      const jobs = known.lines.filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
      const jobsUsd = jobs.reduce((sum, { maximumUsd }) => sum + maximumUsd, 0);

      // A definition names subnets, a key and an image by ids that are not there yet.
      const machines = ["nightly-machine", "tuning-machine", "weekly-machine"];
      assert.deepEqual(
        first.unpriced.map(({ name, what }) => `${name} ${what}`).sort(),
        machines.map((name) => `${name} jobs`),
      );
      assert.ok(first.minimumUsd <= known.minimumUsd + 0.005, `${first.minimumUsd} > ${known.minimumUsd}`);
      assert.ok(
        first.maximumUsd >= known.maximumUsd - jobsUsd - 0.005,
        `${first.maximumUsd} < ${known.maximumUsd} - ${jobsUsd}`,
      );
    });
  }

  it("counts two instances of prod's variants at the minimum", async () => {
    const { lines } = estimateMonthlyCost((await planOf("prod")).recording.resources);

    const hosting = lines.filter(({ type }) => type === "aws:sagemaker/endpoint:Endpoint");
    const minimum = hosting.reduce((sum, line) => sum + line.minimumUsd, 0);
    // 2 x 730 h x EC2 m5.large 0.124 x 1.2.
    assert.ok(Math.abs(minimum - 2 * 730 * 0.124 * 1.2) < 0.005, String(minimum));
  });
});
