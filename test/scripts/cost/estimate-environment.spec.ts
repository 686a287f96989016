import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { estimateMonthlyCost } from "../../../policies/cost/pricing/estimate";
import { readUsageFile } from "../../../policies/cost/pricing/usage-file";
import { estimateEnvironment } from "../../../scripts/cost/estimate-environment";
import { runCosts } from "../../../scripts/cost/run-cost-report";
import { planOf } from "../../support/plans";

const ROOT = join(__dirname, "..", "..", "..");

/** Plans are made once per process and shared with other specs. */
async function makePlans(): Promise<void> {
  for (const stack of ["dev", "lean", "prod"] as const) {
    await planOf(stack);
    await planOf(stack, { preview: true });
  }
}

describe("the estimate of the program", () => {
  before(makePlans);

  for (const stack of ["dev", "lean", "prod"] as const) {
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

  it("rests on estimated prices for less than a fifth of prod's maximum", async () => {
    const { estimatedPriceShare } = estimateEnvironment(await planOf("prod"));

    assert.ok(estimatedPriceShare < 0.2, String(estimatedPriceShare));
  });

  it("expects of prod's jobs about what its runs cost by the work of their stages", async () => {
    const { recording } = await planOf("prod");
    const { lines } = estimateMonthlyCost(recording.resources, {
      usage: readUsageFile(join(ROOT, "policies", "config", "usage.prod.json")),
    });
    const machines = lines.filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
    const expected = machines.reduce((sum, line) => sum + line.expectedUsd, 0);

    // The night 30.4, the week 4.3 times a month; the tuning once.
    const times = { nightly: 365 / 12, weekly: 365 / 7 / 12, tuning: 1 };
    const byWork = runCosts(recording.resources).reduce((sum, { machine, usd }) => {
      const [, count] =
        Object.entries(times).find(([name]) => machine.endsWith(name)) ?? assert.fail(machine);
      return sum + usd * count;
    }, 0);
    assert.ok(expected / byWork > 0.7 && expected / byWork < 1.5, `${expected} against ${byWork}`);
  });

  it("counts two instances of prod's variants at the minimum", async () => {
    const { lines } = estimateMonthlyCost((await planOf("prod")).recording.resources);

    const hosting = lines.filter(({ type }) => type === "aws:sagemaker/endpoint:Endpoint");
    const minimum = hosting.reduce((sum, line) => sum + line.minimumUsd, 0);
    assert.ok(Math.abs(minimum - 2 * 730 * 0.149) < 0.005, String(minimum));
  });
});
