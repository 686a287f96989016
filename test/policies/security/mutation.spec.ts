import assert from "node:assert/strict";
import { join } from "node:path";
import { parseSettings, type PackSettings } from "../../../policies/kit";
import { securityPack } from "../../../policies/security/pack";
import { analyzedResources, type AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { readSettings } from "../../../preview/policies/evaluate-pack";
import { planEnvironment } from "../../../preview/plan-environment";
import type { Breakage } from "../support/breakage";
import { InProcess } from "../support/evaluate";
import { analyzed } from "../support/fixture";
import { ruleCases } from "./breakages/all";
import { platform } from "./platform/platform";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
/** Mistakes that their rule may miss in the production plan, as "rule: mistake", with the reason beside each. */
const ACCEPTED_SURVIVORS: readonly string[] = [
  // Nothing is cached there.
  "api-cache-encrypted: MethodSettings.settings.cacheDataEncrypted = false",
];

const rules = securityPack.rules;

/** Whether a rule is about the property that was changed: it inspects the path, a part of it, or the resource as such. */
function isAbout(ruleId: string, { type, path }: Breakage): boolean {
  const inspects = rules.find(({ id }) => id === ruleId)?.inspects ?? {};
  const paths = [inspects[type], inspects["*"]].filter((list) => list !== undefined);
  if (path === "" || paths.some((list) => list.length === 0)) return paths.length > 0;
  const top = (text: string): string => text.split(/[.[]/)[0] ?? text;
  return paths.flat().some((inspected) => top(inspected) === top(path));
}

/** One line per mistake that was not found, and per rule that fired without being about what was changed. */
interface Tally {
  applied: number;
  readonly missed: string[];
  readonly stray: string[];
}

describe("security rules on the production plan", () => {
  let plan: readonly AnalyzedResource[];

  before(async () => {
    plan = analyzedResources((await planEnvironment("prod")).recording.resources);
  });

  it("find every mistake by the rule for it and by rules about the same property only", () => {
    const settings = parseSettings(readSettings(join(POLICIES, "config", "security.prod.json")), rules);
    const all = new InProcess(rules, settings);
    const baseline = all.violations(plan);
    const tally: Tally = { applied: 0, missed: [], stray: [] };

    for (const rule of rules) {
      const own = new InProcess([rule], { [rule.id]: onlyThis(rule.id, settings) });
      const ownBaseline = own.violations(plan);
      for (const breakage of ruleCases[rule.id]?.breakages ?? []) {
        const broken = breakage.apply(plan);
        if (!broken) continue;
        const changed = new Set(broken.changed);
        const found = [
          ...fresh(all, broken.resources, changed, baseline),
          ...fresh(own, broken.resources, changed, ownBaseline),
        ];
        tally.applied++;
        if (!found.includes(rule.id)) tally.missed.push(`${rule.id}: ${breakage.what}`);
        const unrelated = found.filter((other) => !isAbout(other, breakage));
        if (unrelated.length > 0) tally.stray.push(`${rule.id}: ${breakage.what} -> ${unrelated.join(", ")}`);
      }
    }

    const { applied, missed, stray } = tally;
    assert.ok(applied > 230, `only ${applied} mistakes could be made`);
    assert.deepEqual(missed, ACCEPTED_SURVIVORS);
    assert.deepEqual(stray, []);
  });
});

/** The rule switched on, with the options of its case over those of the environment. */
function onlyThis(id: string, settings: PackSettings): PackSettings[string] {
  return { level: "mandatory", options: { ...settings[id]?.options, ...ruleCases[id]?.options } };
}

/** Ids of the rules with a violation that was not there before. */
function fresh(
  rulesInProcess: InProcess,
  resources: readonly AnalyzedResource[],
  changed: ReadonlySet<string>,
  baseline: ReadonlySet<string>,
): string[] {
  const after = rulesInProcess.violations(resources, changed);
  return [...after]
    .filter((violation) => !baseline.has(violation))
    .map((violation) => violation.split(" ")[0] ?? "");
}

describe("the compliant platform of the fixtures", () => {
  it("exists for every type that a rule is about", () => {
    const types = new Set(analyzed(platform).map(({ type }) => type));
    const missing = securityPack.rules
      .filter(({ inspects }) => Object.keys(inspects).length > 0 && !("*" in inspects))
      .filter(
        ({ inspects, id }) => !Object.keys(inspects).some((type) => types.has(type)) && id !== "iam-no-users",
      );

    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });
});
