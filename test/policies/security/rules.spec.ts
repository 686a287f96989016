import assert from "node:assert/strict";
import { join } from "node:path";
import { isStackRule, type Rule } from "../../../policies/kit";
import { securityPack } from "../../../policies/security/pack";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { findingOf, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { isAboutTheRun } from "../support/about-the-run";
import { readAgreedFindings } from "../support/agreed-findings";
import { withUnknownSiblings } from "../support/fixture";
import {
  describeViolation,
  inspectsPathOf,
  isViolation,
  placesOf,
  reported,
  ruleVerdicts,
} from "../support/rule-verdicts";
import { ruleCases } from "./breakages/all";
import { compliantResources, violatingSecurityCases } from "./violating-cases";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "security");
const agreed = readAgreedFindings("security");
const rules = securityPack.rules.filter(({ id }) => !isAboutTheRun(id));

describe("security rules over the analyzer protocol", () => {
  let server: PackServer;
  let client: PackClient;

  before(async () => {
    await buildPackIfStale(FOLDER);
    server = await startPack(FOLDER);
    client = new PackClient(server.address);
    await client.configure({ project: "platform", stack: "test" });
  });

  after(() => {
    client.close();
    server.stop();
  });

  async function findings(rule: Rule, resources: readonly AnalyzedResource[]): Promise<Finding[]> {
    const single = isStackRule(rule) ? [] : await client.analyzeAll(resources);
    return [...single, ...(await client.analyzeStack(resources))].map(findingOf);
  }

  it("has cases for every rule", () => {
    const untested = rules.map(({ id }) => id).filter((id) => (ruleCases[id]?.breakages.length ?? 0) === 0);

    assert.deepEqual(untested, []);
  });

  it("has agreed findings for the cases that it has, and for no others", () => {
    const keys = rules.map((rule) => [rule.id, violatingSecurityCases(rule).map(({ key }) => key)]);

    assert.deepEqual(
      Object.entries(agreed)
        .filter(([id]) => !isAboutTheRun(id))
        .map(([id, cases]) => [id, Object.keys(cases)]),
      keys,
    );
  });

  for (const rule of rules) {
    const ruleCase = ruleCases[rule.id] ?? { breakages: [] };
    const compliant = compliantResources(rule, ruleCase);

    describe(rule.id, () => {
      before(async () => {
        await client.reconfigure({
          all: "disabled",
          [rule.id]: { enforcementLevel: "mandatory", ...ruleCase.options },
        });
      });

      it("accepts compliant resources, with all values known and with unknown ones beside", async () => {
        const known = await findings(rule, compliant);
        const preview = await findings(rule, withUnknownSiblings(compliant, rule.inspects));

        assert.deepEqual(known, []);
        assert.deepEqual(
          preview.filter(({ outcome }) => outcome !== "deferred"),
          [],
        );
      });

      it("accepts resources of which nothing is known yet", async () => {
        const blind = await findings(rule, withUnknownSiblings(compliant, {}));

        assert.deepEqual(
          blind.filter(({ outcome }) => outcome !== "deferred"),
          [],
        );
      });

      for (const { key, options, resources } of violatingSecurityCases(rule)) {
        it(`finds ${key}: where it is, in the agreed words, and also with unknown values beside`, async () => {
          const verdicts = ruleVerdicts(rule, options, resources);
          const preview = ruleVerdicts(rule, options, withUnknownSiblings(resources, rule.inspects));
          const lines = verdicts.filter(isViolation).map(describeViolation).sort();

          assert.deepEqual(lines, agreed[rule.id]?.[key], "npm run goldens writes the agreed findings");
          assert.ok(lines.length > 0);
          assert.ok(verdicts.every(inspectsPathOf), "the rule reports a path that it does not inspect");
          assert.deepEqual(placesOf(preview), placesOf(verdicts));
          assert.deepEqual(reported(await findings(rule, resources)), reported(verdicts));
        });
      }
    });
  }
});
