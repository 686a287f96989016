import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { checkPolicies } from "../../scripts/policy-check";
import { estimateEnvironment } from "../../scripts/cost/estimate-environment";
import { DESIGN_SUM_USD } from "../../scripts/cost/first-design";
import { planOf } from "../support/plans";

type Rules = Readonly<Record<string, unknown>>;

function rulesOf(pack: string, stack: string): Rules {
  return JSON.parse(readFileSync(`policies/config/${pack}.${stack}.json`, "utf8")) as Rules;
}

/** Rules whose configuration differs, but for the file that they name. */
function differences(pack: string): string[] {
  const [lean, prod] = [rulesOf(pack, "lean"), rulesOf(pack, "prod")];
  const text = (rule: unknown) =>
    JSON.stringify(rule ?? null).replace(/\.(lean|prod)\.json|\/(lean|prod)\.json/g, "");
  return [...new Set([...Object.keys(lean), ...Object.keys(prod)])]
    .filter((id) => text(lean[id]) !== text(prod[id]))
    .sort();
}

describe("the lean profile", () => {
  it("passes both packs without an exemption that prod does not have", async () => {
    const reports = await checkPolicies(await planOf("lean"));

    const open = reports
      .flatMap(({ findings }) => findings)
      .filter(({ outcome }) => outcome !== "note" && outcome !== "exempted");
    assert.deepEqual(
      open.map(({ policy, message }) => `${policy}: ${message}`),
      [],
    );
    assert.deepEqual(exemptionsOf("lean"), exemptionsOf("prod"));
  });

  it("loosens of prod's security rules those that are its trades, and no others", () => {
    assert.deepEqual(differences("security"), [
      "iam-sagemaker-create-guarded",
      "vpce-multi-az",
      "vpce-required-set",
    ]);
  });

  it("has nothing that bills while it is idle but keys, addresses in the network and what is stored", async () => {
    const { lines } = estimateEnvironment(await planOf("lean"));

    const idle = lines.filter(({ minimumUsd, assumptions }) => minimumUsd >= 0.5 && assumptions.length === 0);
    assert.deepEqual([...new Set(idle.map(({ type }) => type))], ["aws:ec2/vpcEndpoint:VpcEndpoint"]);
  });

  it("does the chain's whole work every night", async () => {
    const [lean, prod] = [await planOf("lean"), await planOf("prod")];
    const schedules = ({ recording }: typeof lean) =>
      recording.resources
        .filter(({ type }) => type === "aws:scheduler/schedule:Schedule")
        .map(({ name, inputs }) => [name, inputs.scheduleExpression, inputs.state]);

    assert.deepEqual(schedules(lean), schedules(prod));
    assert.ok(schedules(lean).length >= 3);
  });

  it("costs in an ordinary month less than the first design's figure for prod, and less than half of prod", async () => {
    const [lean, prod] = [await planOf("lean"), await planOf("prod")].map((plan) =>
      estimateEnvironment(plan),
    );

    assert.ok((lean?.expectedUsd ?? NaN) < DESIGN_SUM_USD.prod, String(lean?.expectedUsd));
    assert.ok((lean?.expectedUsd ?? NaN) < (prod?.expectedUsd ?? 0) / 2);
  });
});

function exemptionsOf(stack: string): unknown {
  return JSON.parse(readFileSync(`policies/exemptions/${stack}.json`, "utf8"));
}
