import assert from "node:assert/strict";
import { join } from "node:path";
import { isStackRule, type Rule } from "../../../policies/kit";
import { costPack } from "../../../policies/cost/pack";
import { findingOf, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { isAboutTheRun } from "../support/about-the-run";
import { readAgreedFindings } from "../support/agreed-findings";
import {
  describeViolation,
  inspectsPathOf,
  isViolation,
  reported,
  ruleVerdicts,
} from "../support/rule-verdicts";
import { ALL_FIXTURES } from "./fixtures/all-fixtures";
import { UNKNOWN, type Case, type FixtureResource } from "./fixtures/fixture";
import { toAnalyzed } from "./fixtures/to-analyzed";
import { violatingCostCases } from "./violating-cases";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "cost");
const STACK = { project: "smartretail", stack: "prod" };
const agreed = readAgreedFindings("cost");
const RULES = costPack.rules.filter(({ id }) => !isAboutTheRun(id));

describe("cost rules over the analyzer protocol", () => {
  let server: PackServer;
  let client: PackClient;
  let configured = "";
  const folder = process.cwd();

  before(async () => {
    await buildPackIfStale(FOLDER);
    server = await startPack(FOLDER);
    client = new PackClient(server.address);
    // Files that rules read are named relative to the pack, where the CLI runs it.
    process.chdir(FOLDER);
  });

  after(() => {
    process.chdir(folder);
    client.close();
    server.stop();
  });

  /** What the pack says when only `rule` is on. */
  async function findingsOf(rule: Rule, { resources, options = {} }: Case): Promise<Finding[]> {
    const settings = { all: "disabled", [rule.id]: { enforcementLevel: "mandatory", ...options } };
    if (JSON.stringify(settings) !== configured) await client.configure(STACK, settings);
    configured = JSON.stringify(settings);
    const analyzed = resources.map(toAnalyzed);
    const single = isStackRule(rule) ? [] : await client.analyzeAll(analyzed);
    return [...single, ...(await client.analyzeStack(analyzed))].map(findingOf);
  }

  it("has agreed findings for the cases that it has, and for no others", () => {
    assert.deepEqual(
      Object.entries(agreed)
        .filter(([id]) => !isAboutTheRun(id))
        .map(([id, cases]) => [id, Object.keys(cases)]),
      RULES.map((rule) => [rule.id, violatingCostCases(rule).map(({ key }) => key)]),
    );
  });

  for (const rule of RULES) {
    const { compliant = [], violating = [] } = ALL_FIXTURES[rule.id] ?? {};

    describe(rule.id, () => {
      it("has compliant and violating cases", () => {
        assert.ok(compliant.length > 0 && violating.length > 0);
      });

      it(`passes ${compliant.length} compliant cases`, async () => {
        for (const one of compliant) {
          const findings = await findingsOf(rule, one);

          assert.deepEqual(
            findings.filter(({ outcome }) => outcome !== "deferred"),
            [],
            JSON.stringify(one),
          );
        }
      });

      violatingCostCases(rule).forEach(({ key, options, resources }, i) => {
        it(`finds ${key}: where it is, in the agreed words, and also with unknown values beside`, async () => {
          const one = violating[i];
          assert.ok(one);
          const verdicts = ruleVerdicts(rule, options, resources);
          const beside = await findingsOf(rule, {
            ...one,
            resources: one.resources.map(hideTheRest(rule)),
          });
          const lines = verdicts.filter(isViolation).map(describeViolation).sort();

          assert.deepEqual(lines, agreed[rule.id]?.[key], "npm run goldens writes the agreed findings");
          assert.ok(lines.some((line) => one.says.test(line)));
          assert.ok(verdicts.every(inspectsPathOf), "the rule reports a path that it does not inspect");
          assert.deepEqual(reported(beside), reported(verdicts));
          assert.ok(beside.every(({ outcome, level }) => outcome === "deferred" || level === "mandatory"));
        });
      });

      it("accuses nobody of what is not known yet", async () => {
        // A resource that a rule over the stack misses is missed all the same: there only compliant cases stay so.
        const cases = isStackRule(rule) ? compliant : [...compliant, ...violating];
        for (const one of inspectsSomething(rule) ? cases : []) {
          const findings = await findingsOf(rule, {
            ...one,
            resources: one.resources.map(hideInspected(rule)),
          });

          assert.deepEqual(
            findings.filter(({ outcome }) => outcome !== "deferred"),
            [],
          );
        }
      });
    });
  }
});

/** Rules that a resource violates by being there inspect no property. */
function inspectsSomething(rule: Rule): boolean {
  return Object.values(rule.inspects).some((paths) => paths.length > 0);
}

function topLevel(rule: Rule, type: string): Set<string> {
  return new Set((rule.inspects[type] ?? []).map((path) => path.split(/[.[]/)[0] ?? path));
}

/** Everything that the rule is not about becomes unknown; for a rule over the stack only an unrelated property does. */
function hideTheRest(rule: Rule) {
  return (resource: FixtureResource): FixtureResource => {
    if (isStackRule(rule)) return { ...resource, properties: { unrelated: UNKNOWN, ...resource.properties } };
    const inspected = topLevel(rule, resource.type);
    const properties = Object.fromEntries(
      Object.entries(resource.properties).map(([key, value]) => [key, inspected.has(key) ? value : UNKNOWN]),
    );
    return { ...resource, properties: { unrelated: UNKNOWN, ...properties } };
  };
}

/** Everything that the rule is about becomes unknown, whether it was set or not. */
function hideInspected(rule: Rule) {
  return (resource: FixtureResource): FixtureResource => {
    const hidden = Object.fromEntries([...topLevel(rule, resource.type)].map((key) => [key, UNKNOWN]));
    return { ...resource, properties: { ...resource.properties, ...hidden } };
  };
}
