import assert from "node:assert/strict";
import { join } from "node:path";
import { isStackRule, type Rule } from "../../../policies/kit";
import { securityPack } from "../../../policies/security/pack";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { findingOf, type Finding } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { buildPackIfStale } from "../../../scripts/build-policies";
import type { RuleCase } from "../support/breakage";
import { analyzed, withUnknownSiblings } from "../support/fixture";
import { ruleCases } from "./breakages/all";
import { platform } from "./platform/platform";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "security");
const rules = securityPack.rules.filter(({ id }) => id !== "security-exemptions");

/** The part of the platform that a rule looks at. */
function compliantResources(rule: Rule, { with: others = [], without = [] }: RuleCase): AnalyzedResource[] {
  const types = [...Object.keys(rule.inspects), ...others, "pulumi:pulumi:Stack"].filter(
    (type) => !without.includes(type),
  );
  return analyzed(platform).filter(({ type }) => types.includes(type));
}

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

      for (const breakage of ruleCase.breakages) {
        it(`finds ${breakage.what}, with all values known and with unknown ones beside`, async () => {
          const broken = breakage.apply(compliant);
          assert.ok(broken, "the fixture has nothing to break");

          const known = await findings(rule, broken.resources);
          const preview = await findings(rule, withUnknownSiblings(broken.resources, rule.inspects));

          for (const found of [known, preview]) {
            const violations = found.filter(({ outcome }) => outcome === "violation");
            assert.ok(violations.length > 0, `not found: ${JSON.stringify(found)}`);
            assert.ok(violations.every(({ policy, level }) => policy === rule.id && level === "mandatory"));
            assert.ok(violations.every(({ message }) => message.endsWith(rule.remedy)));
          }
        });
      }
    });
  }
});
