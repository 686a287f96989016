import assert from "node:assert/strict";
import { DESIGN_SUM_USD, FIRST_DESIGN, verdictOf } from "../../../scripts/cost/first-design";
import { compareWithDesign, type StackCost } from "../../../scripts/cost/comparison";
import { estimateEnvironment } from "../../../scripts/cost/estimate-environment";
import { exchangeRate } from "../../../scripts/cost/exchange-rate";
import { main } from "../../../scripts/cost";
import { planOf } from "../../support/plans";

async function costs(): Promise<StackCost[]> {
  const stacks = ["dev", "lean", "prod"] as const;
  const found: StackCost[] = [];
  for (const stack of stacks) found.push({ stack, lines: estimateEnvironment(await planOf(stack)).lines });
  return found;
}

describe("the first design's table", () => {
  for (const stack of ["dev", "prod"] as const)
    it(`adds up to its own sum of ${stack}`, () => {
      const sum = FIRST_DESIGN.reduce((total, { usd }) => total + (usd[stack] ?? 0), 0);

      assert.equal(sum, DESIGN_SUM_USD[stack]);
    });

  it("stands beside lines that leave nothing of what is computed out", async () => {
    const compared = compareWithDesign(await costs());

    for (const stack of ["dev", "lean", "prod"]) {
      const amounts = compared.map(({ computed }) => computed[stack]?.maximum.usd ?? 0);
      const sum = amounts.at(-1) ?? 0;
      const lines = amounts.slice(0, -1).reduce((total, usd) => total + usd, 0);
      assert.ok(sum > 0 && Math.abs(lines - sum) < 0.01, `${stack}: ${lines} and ${sum}`);
    }
  });

  it("cannot hold for dev and prod, nor for two instances at Tokyo's rate, and holds for lean", async () => {
    const compared = compareWithDesign(await costs());
    const verdictsOf = (wanted: string) => compared.find(({ subject }) => subject === wanted)?.verdicts;

    assert.deepEqual(verdictsOf("sum"), { dev: "cannot hold", lean: "holds", prod: "cannot hold" });
    assert.equal(verdictsOf("hosted inference")?.prod, "cannot hold");
    assert.equal(verdictsOf("training, processing, batch scoring")?.prod, "holds");
    assert.equal(verdictsOf("interface endpoints")?.dev, "left out");
  });
});

describe("verdictOf", () => {
  const month = { minimumUsd: 10, expectedUsd: 20 };
  for (const [design, verdict] of [
    [25, "holds"],
    [20, "holds"],
    [19.99, "quiet month only"],
    [9.99, "cannot hold"],
    [undefined, "left out"],
  ] as const)
    it(`says "${verdict}" of ${design} where a month costs 10 to 20`, () => {
      assert.equal(verdictOf(design, month), verdict);
    });
});

describe("npm run cost -- --compare", () => {
  it("prints a table for each environment beside the design, in dollars and yen, then what the figures stood for", async () => {
    const out: string[] = [];
    const code = await main(["--compare", "--jpy-per-usd", "150"], {
      out: (text) => out.push(text),
      colour: false,
      quiet: true,
      plan: (stack) => planOf(stack as "dev" | "lean" | "prod"),
    });

    const text = out.join("\n");
    assert.equal(code, 0);
    for (const [stack, design, sum, yen] of [
      ["dev", "design", "17", "2,550"],
      ["lean", "design \\(of prod\\)", "283", "42,450"],
      ["prod", "design", "283", "42,450"],
    ] as const) {
      const amounts = " +~?[\\d,.]+".repeat(3);
      const head = `^${stack} +${design} +minimum +expected +maximum +design's figure$`;
      assert.match(
        text,
        new RegExp(`${head}\n[^]*?^sum +${sum}${amounts} .*\nsum, JPY +${yen}${amounts}$`, "m"),
      );
    }
    assert.match(text, /^Studio\n {2}stood for +40 h of .*\n {2}would take +ml\.t3\.medium/m);
    assert.doesNotMatch(text, /^not itemised\n/m);
  });

  it("fits a terminal of 130 columns", async () => {
    const out: string[] = [];
    await main(["--compare"], {
      out: (text) => out.push(text),
      colour: false,
      quiet: true,
      plan: (stack) => planOf(stack as "dev" | "lean" | "prod"),
    });

    for (const line of out.join("\n").split("\n")) assert.ok(line.length <= 130, line);
  });
});

describe("exchangeRate", () => {
  it("is a dated setting with its source", () => {
    const { jpyPerUsd, asOf, source } = exchangeRate();

    assert.ok(jpyPerUsd > 50 && jpyPerUsd < 500);
    assert.match(asOf ?? "", /^20\d\d-\d\d-\d\d$/);
    assert.match(source, /Bank of Japan/);
  });
});
