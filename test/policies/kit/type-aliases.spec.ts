import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { canonicalType, isStackRule, namesOfType, Session, type Rule } from "../../../policies/kit";
import { costPack } from "../../../policies/cost/pack";
import { securityPack } from "../../../policies/security/pack";
import { decodeResource, decodeStackResource } from "../../../policies/kit/wire";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { analyzeRequest, stackRequest } from "../../../preview/policies/pack-client";
import { readTypeAliases, renderTypeAliases, TABLE } from "../../../scripts/update-type-aliases";
import { violatingSecurityCases } from "../security/violating-cases";
import { isAboutTheRun } from "../support/about-the-run";

/** What a rule says about resources as the engine hands them over: rule, resource name and words. */
function said(rule: Rule, resources: readonly AnalyzedResource[], options: object): string[] {
  const settings = { [rule.id]: { level: "mandatory" as const, options: { ...options } } };
  const session = new Session({ rules: [rule], settings, exemptions: [], today: "2026-11-23" });
  const single = isStackRule(rule)
    ? []
    : resources.flatMap((resource) => session.checkResource(decodeResource(analyzeRequest(resource))));
  const stack = session.checkStack(stackRequest(resources).getResourcesList().map(decodeStackResource));
  return [...single, ...stack]
    .filter(({ outcome }) => outcome === "violation")
    .map(({ urn, words }) => `${urn.split("::").at(-1)}: ${words}`)
    .sort();
}

/** The same program, written when `type` had another name. */
function renamed(resources: readonly AnalyzedResource[], type: string, name: string): AnalyzedResource[] {
  const swap = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(type, name)) as T;
  return resources.map(swap);
}

describe("renamed resource types", () => {
  it("are those that the installed provider tells", async () => {
    assert.equal(readFileSync(TABLE, "utf8"), await renderTypeAliases(), "run npm run aliases");
    assert.ok(Object.keys(readTypeAliases()).length > 40);
  });

  it("end at a name that is no alias itself", () => {
    const chained = Object.values(readTypeAliases()).filter((type) => canonicalType(type) !== type);

    assert.deepEqual(chained, []);
  });

  it("are named by their present name in every rule", () => {
    const old = [...securityPack.rules, ...costPack.rules].flatMap(({ id, inspects }) =>
      Object.keys(inspects)
        .filter((type) => canonicalType(type) !== type)
        .map((type) => `${id}: ${type}`),
    );

    assert.deepEqual(old, []);
  });

  it("are treated alike: every mistake is found under each name of its type, in the same words", () => {
    const different: string[] = [];
    let compared = 0;
    for (const rule of securityPack.rules.filter(({ id }) => !isAboutTheRun(id))) {
      for (const { key, options, resources } of violatingSecurityCases(rule)) {
        const types = new Set(resources.map(({ type }) => type));
        for (const type of types)
          for (const name of namesOfType(type).slice(1)) {
            compared++;
            const expected = said(rule, resources, options).sort();
            const actual = said(rule, renamed(resources, type, name), options);
            if (JSON.stringify(actual) !== JSON.stringify(expected)) different.push(`${key} as ${name}`);
          }
      }
    }

    assert.deepEqual(different, []);
    assert.ok(compared > 50, `only ${compared} cases compared`);
  });
});
