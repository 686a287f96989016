import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSettings } from "../../../policies/kit";
import { isAboutTheRun } from "../support/about-the-run";
import { exportedRuleIds } from "../support/exported-rules";
import { topicFaults } from "../support/topic-faults";
import { SECURITY_CONTROLS } from "../../../policies/security/controls";
import { securityPack } from "../../../policies/security/pack";
import { TOPIC_COLLECTIONS, TOPICS } from "../../../policies/security/topics";
import { renderSecurityReadme, SECURITY_README } from "../../../scripts/policy-tables";
import { missingInSdk } from "../support/missing-in-sdk";

const POLICIES = join(__dirname, "..", "..", "..", "policies");

describe("the security pack", () => {
  it("holds every rule that a file exports, once", () => {
    const ids = securityPack.rules.map(({ id }) => id).filter((id) => !isAboutTheRun(id));

    assert.deepEqual(exportedRuleIds(join(POLICIES, "security", "rules")), [...ids].sort());
  });

  it("has a README whose tables are made from the rules", async () => {
    const readme = readFileSync(SECURITY_README, "utf8");

    assert.equal(await renderSecurityReadme(readme), readme, "run npx tsx scripts/policy-tables.ts");
  });

  it("names only rules of other collections that exist there", () => {
    const known = new Set(SECURITY_CONTROLS.flatMap(({ ids, beyond = [] }) => [...ids, ...beyond]));

    const unknown = securityPack.rules
      .flatMap(({ controls }) => controls)
      .filter((control) => !known.has(control));

    assert.deepEqual(unknown, []);
  });

  it("covers every applicable rule of other collections, or says why not", () => {
    const covered = new Set(securityPack.rules.flatMap(({ controls }) => controls));

    const silent = SECURITY_CONTROLS.flatMap(({ ids, reasons }) =>
      ids.filter((id) => !covered.has(id) && reasons?.[id] === undefined),
    );

    assert.deepEqual(silent, []);
  });

  it("has a rule for every topic of other collections, or says why not", () => {
    assert.deepEqual(topicFaults(TOPICS, TOPIC_COLLECTIONS, securityPack.rules), []);
  });

  it("inspects types and properties that the AWS provider has", () => {
    const wrong = securityPack.rules.flatMap(({ id, inspects }) =>
      Object.entries(inspects).flatMap(([type, paths]) =>
        missingInSdk(type, paths).map((what) => `${id}: ${what}`),
      ),
    );

    assert.deepEqual(wrong, []);
  });

  for (const stack of ["dev", "prod"]) {
    it(`accepts its configuration of ${stack}`, () => {
      const json: unknown = JSON.parse(
        readFileSync(join(POLICIES, "config", `security.${stack}.json`), "utf8"),
      );

      assert.ok(parseSettings(json, securityPack.rules)["security-exemptions"]);
    });
  }

  it("imports nothing of the rest of the tree", () => {
    const sources = ["kit", "security"].flatMap((name) => sourcesIn(join(POLICIES, name)));

    const outside = sources.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)]
        .map((match) => join(dirname(file), match[1] ?? ""))
        .filter(
          (target) =>
            !target.startsWith(join(POLICIES, "kit")) && !target.startsWith(join(POLICIES, "security")),
        ),
    );

    assert.deepEqual(outside, []);
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "dist" || entry.name === "node_modules") return [];
    const full = join(folder, entry.name);
    return entry.isDirectory() ? sourcesIn(full) : full.endsWith(".ts") ? [full] : [];
  });
}
