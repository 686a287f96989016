import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "../../preview/plan-environment";
import { main } from "../../scripts/cost";
import { estimateEnvironment } from "../../scripts/cost/estimate-environment";
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

describe("npm run cost", () => {
  it("prints the dearest resources first, the sums beside the budget, and that nothing is unpriced", async () => {
    const { code, out } = await run(["--stack", "prod"]);

    const lines = out.split("\n");
    assert.equal(code, 0);
    assert.match(lines[0] ?? "", /^Monthly cost of prod \(ap-northeast-1, prices of \d{4}-\d\d-\d\d\)$/);
    const dearest = lines[lines.findIndex((line) => line.startsWith("resource ")) + 1];
    assert.match(dearest ?? "", /^forecast-endpoint +champion: 1-\d x ml\.m5\.large +108\.77 /);
    assert.match(out, /^minimum capacity, quiet month +~?\d+\.\d\d +[\d,]+ +\d+ % +\d+\.\d\d \(\d+ %\)$/m);
    assert.match(out, /Unpriced: nothing$/);
  });

  it("shows every line with --all, and the same sums", async () => {
    const short = await run(["--stack", "dev"]);
    const all = await run(["--stack", "dev", "--all"]);
    const sumsOf = (text: string) =>
      text.split("\n").filter((line) => /^(minimum|expected|maximum)/.test(line));

    assert.match(short.out, /smaller lines/);
    assert.doesNotMatch(all.out, /smaller lines/);
    assert.deepEqual(sumsOf(all.out), sumsOf(short.out));
    assert.equal(sumsOf(all.out).length, 3);
  });

  it("says of every line how much of what it is, at which dated price from where, and what is assumed", async () => {
    const { out } = await run(["--stack", "prod", "--all"]);

    assert.match(
      out,
      /^store-sku-sales-group +online writes .* 0\.00000143 a write unit, estimate 2026-01-01 +45,625,000, 46,500,000 +featureWritesPerMonth$/m,
    );
    assert.match(
      out,
      /^endpoints-sts +sts: interface in 2 AZ .* 0\.014 a endpoint-AZ-hour, list 2026-09-23 +1,460 +the plan$/m,
    );
  });

  it("adds up the slices, in dollars and in yen at the rate of the day or another", async () => {
    const { out } = await run(["--stack", "prod", "--jpy-per-usd", "100"]);
    const { expectedUsd } = estimateEnvironment(await planOf("prod"));

    const lines = out.split("\n");
    const slices = lines.slice(
      lines.findIndex((line) => line.startsWith("slice ")) + 1,
      lines.indexOf("", 4),
    );
    const columns = slices.map((line) => line.split(/ {2,}/));
    const sum = (column: number) =>
      columns.reduce((total, cells) => total + Number((cells[column] ?? "").replace(/[~,]/g, "")), 0);
    assert.ok(slices.some((line) => line.startsWith("feature-store ")));
    assert.ok(Math.abs(sum(2) - expectedUsd) < 0.05, `${sum(2)} is not ${expectedUsd}`);
    assert.ok(Math.abs(sum(4) - expectedUsd * 100) < slices.length, `${sum(4)} yen`);
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
    [[], /^--stack is missing; there are: dev, lean, prod$/],
    [["--stack", "test"], /^stack "test" does not exist; there are: dev, lean, prod$/],
    [["--stak", "prod"], /^Unknown option '--stak' \(npm run cost/],
    [
      ["--stack", "dev", "--jpy-per-usd", "1.5"],
      /^--jpy-per-usd 1\.5 is no rate; allowed: yen a dollar from 50 to 500$/,
    ],
    [
      ["--compare", "--stack", "dev"],
      /^--compare prices every environment; beside it only --json and --jpy-per-usd$/,
    ],
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

    it("compares with another environment by its name", async () => {
      const { code, out } = await run(["--stack", "prod", "--diff", "dev"]);

      const usd = (text: string) => Number(text).toFixed(2);
      const [dev, prod] = [await planOf("dev"), await planOf("prod")].map((plan) =>
        estimateEnvironment(plan),
      );
      assert.equal(code, 0);
      assert.match(out, /^Monthly cost against dev\n/);
      const sum = out.split("\n").find((line) => line.startsWith("sum of an ordinary month"));
      assert.deepEqual(sum?.split(/ {2,}/).slice(1, 3), [
        usd(String(dev?.expectedUsd)),
        usd(String(prod?.expectedUsd)),
      ]);
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
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"]) cpSync(join(ROOT, file), join(root, file));

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
