import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan, PlanOptions } from "../../preview/plan-environment";
import { main } from "../../scripts/cost";
import { estimateEnvironment } from "../../scripts/cost/estimate-environment";
import { planOf } from "../support/plans";

const ROOT = join(__dirname, "..", "..");

/** Runs the command over recorded plans and keeps what it prints. */
async function run(
  argv: readonly string[],
  root = ROOT,
  plan: (stack: string, options: PlanOptions) => Promise<Plan> = planOfStack,
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

function planOfStack(stack: string, { preview = false }: PlanOptions): Promise<Plan> {
  return planOf(stack as "dev" | "prod" | "lean", { preview });
}

describe("npm run cost", () => {
  it("prints the dearest resources first, the sums beside the budget, and that nothing is unpriced", async () => {
    const { code, out } = await run(["--stack", "prod"]);

    const lines = out.split("\n");
    assert.equal(code, 0);
    assert.match(lines[0] ?? "", /^Monthly cost of prod \(ap-northeast-1, prices of \d{4}-\d\d-\d\d\)$/);
    const dearest = lines[lines.findIndex((line) => line.startsWith("resource ")) + 1];
    assert.match(dearest ?? "", /^forecast-endpoint +217\.54 +\d+\.\d\d +\d+\.\d\d +[\d,]+ +[\d,]+ +0 %$/);
    assert.match(out, /^minimum capacity, quiet month +~?\d+\.\d\d +[\d,]+ +\d+ % +\d+\.\d\d \(\d+ %\)$/m);
    assert.match(out, /Unpriced: nothing$/);
  });

  it("shows every line with --all, and the same sums", async () => {
    const short = await run(["--stack", "dev"]);
    const all = await run(["--stack", "dev", "--all"]);
    const sumsOf = (text: string) =>
      text.split("\n").filter((line) => /^(minimum|expected|maximum)/.test(line));

    const shows = (text: string) => /^resource +what +min USD/m.test(text);
    assert.deepEqual([shows(short.out), shows(all.out)], [false, true]);
    assert.match(short.out, /^--all: every line with its quantity, price and assumption\.$/m);
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

  it("adds up the resources to the same, the smaller ones in one row", async () => {
    const { out } = await run(["--stack", "prod"]);
    const { maximumUsd, expectedUsd } = estimateEnvironment(await planOf("prod"));

    const lines = out.split("\n");
    const from = lines.findIndex((line) => line.startsWith("resource ")) + 1;
    const rows = lines.slice(from, lines.indexOf("", from)).map((line) => line.split(/ {2,}/));
    const sum = (column: number) =>
      rows.reduce((total, cells) => total + Number((cells[column] ?? "").replace(/[~,]/g, "")), 0);
    assert.match(rows.at(-1)?.[0] ?? "", /^\d+ smaller resources$/);
    assert.ok(Math.abs(sum(2) - expectedUsd) < 0.2, `${sum(2)} is not ${expectedUsd}`);
    assert.ok(Math.abs(sum(3) - maximumUsd) < 0.2, `${sum(3)} is not ${maximumUsd}`);
  });

  it("marks what rests on estimated prices in every sum, and says for how much", async () => {
    const { out } = await run(["--stack", "prod"]);
    const { lines } = estimateEnvironment(await planOf("prod"));

    const wholly = lines.filter(({ name }) => name === "store-sku-sales-group");
    assert.ok(wholly.every(({ price }) => price.source === "estimate"));
    assert.match(out, /^store-sku-sales-group +~\d+\.\d\d +~\d+\.\d\d +~\d+\.\d\d .* 100 %$/m);
    assert.match(out, /^feature-store +~\d+\.\d\d +~\d+\.\d\d +~\d+\.\d\d .* 100 %$/m);
    assert.match(out, /^endpoints-sts +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d .* 0 %$/m);
    assert.match(out, /^~: estimated prices, computed from another rate, are 5 % and more of it\.$/m);
  });

  for (const stack of ["dev", "prod", "lean"] as const) {
    it(`gives machines the sums of ${stack}'s slices and resources in both currencies, which are those of its lines`, async () => {
      const { out } = await run(["--stack", stack, "--json", "--jpy-per-usd", "100"]);

      interface Sum {
        readonly usd: number;
        readonly estimatedUsd: number;
        readonly jpy: number;
      }
      type Sums = Readonly<Record<"minimum" | "expected" | "maximum", Sum>>;
      const { sums, slices, resources, lines, unpriced } = JSON.parse(out) as {
        sums: Sums;
        slices: Sums[];
        resources: Sums[];
        lines: (Record<"minimumUsd" | "expectedUsd" | "maximumUsd", number> & {
          price: { unit: string; source: string; asOf: string };
          assumptions: string[];
        })[];
        unpriced: unknown[];
      };
      assert.deepEqual(unpriced, []);
      for (const { price, assumptions } of lines) {
        assert.ok(price.unit !== "" && price.source !== "" && /^\d{4}-\d\d-\d\d$/.test(price.asOf));
        assert.ok(Array.isArray(assumptions));
      }
      for (const bound of ["minimum", "expected", "maximum"] as const) {
        const ofLines = lines.reduce((total, line) => total + line[`${bound}Usd`], 0);
        const ofEstimates = lines
          .filter(({ price }) => price.source === "estimate")
          .reduce((total, line) => total + line[`${bound}Usd`], 0);
        for (const parts of [[sums], slices, resources]) {
          const sum = (key: keyof Sum) => parts.reduce((total, part) => total + part[bound][key], 0);
          assert.ok(Math.abs(sum("usd") - ofLines) < 1e-6);
          assert.ok(Math.abs(sum("estimatedUsd") - ofEstimates) < 1e-6);
          assert.ok(Math.abs(sum("jpy") - ofLines * 100) <= parts.length, "rounded to yen");
        }
      }
      if (stack === "prod") assert.ok(sums.maximum.estimatedUsd < 0.2 * sums.maximum.usd);
    });
  }

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
    [["--stack", "dev", "--diff", "prod", "--update"], /^--diff shows what changes: leave out --update \(/],
    [["--stack", "dev", "--diff", "prod", "--all"], /^--diff shows what changes: leave out --all \(/],
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
        before: { maximum: { usd: number } };
        after: { maximum: { usd: number } };
        changes: { before: { usd: number }; after: { usd: number } }[];
      };
      assert.ok(changes.length >= 5);
      const sum = changes.reduce((total, change) => total + change.after.usd - change.before.usd, 0);
      assert.ok(Math.abs(sum - (after.maximum.usd - before.maximum.usd)) < 0.01);
      assert.match(
        (await run(["--stack", "prod", "--diff", file])).out,
        /sum at maximum capacity +~\d+\.\d\d +~\d+\.\d\d +\+\d+\.\d\d +[\d,]+$/,
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
      // Of dev 2 % rest on estimated prices, of prod 13 %.
      assert.deepEqual(sum?.split(/ {2,}/).slice(1, 3), [
        usd(String(dev?.expectedUsd)),
        `~${usd(String(prod?.expectedUsd))}`,
      ]);
    });

    it("says what has no price: it is no difference, and not nothing", async () => {
      const plan = await planOf("dev");
      const [first] = plan.recording.resources;
      const type = "aws:redshift/cluster:Cluster";
      const added = { ...first!, type, name: "warehouse", urn: "urn:pulumi:dev::smartretail::x::warehouse" };
      const resources = [...plan.recording.resources, added];

      const { code, out } = await run(["--stack", "dev", "--diff", write(plan.recording)], ROOT, () =>
        Promise.resolve({ ...plan, recording: { ...plan.recording, resources } }),
      );

      assert.equal(code, 0);
      assert.match(out, /no resource costs more or less\n\nUnpriced \(1\):\n/);
      assert.match(out, /^warehouse +resource +no price rule for aws:redshift\/cluster:Cluster$/m);
    });

    it("sees no difference to a plan of unknown values, as plan --json writes it, and says what has no price there", async () => {
      const { resources } = (await planOf("dev", { preview: true })).recording;

      const { code, out } = await run(["--stack", "dev", "--diff", write({ resources, preview: true })]);

      assert.equal(code, 0);
      assert.match(out, /no resource costs more or less\n\nUnpriced \(3\):\n/);
      assert.match(out, /^nightly-machine +jobs +definition is not known yet$/m);
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
