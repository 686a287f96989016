import assert from "node:assert/strict";
import { join } from "node:path";
import { securityPack } from "../../../policies/security/pack";
import { analyzedResources, type AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { findingOf, readSettings } from "../../../preview/policies/evaluate-pack";
import { PackClient } from "../../../preview/policies/pack-client";
import { startPack, type PackServer } from "../../../preview/policies/pack-server";
import { planEnvironment } from "../../../preview/plan-environment";
import { buildPackIfStale } from "../../../scripts/build-policies";
import type { Breakage } from "../support/breakage";
import { analyzed } from "../support/fixture";
import { ruleCases } from "./breakages/all";
import { platform } from "./platform/platform";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
/** Share of the mistakes in the production plan that must be found by their rule and by no unrelated one. */
const REQUIRED_SCORE = 0.98;

const opened = new Map(securityPack.rules.map((rule) => [rule.id, rule]));

/** Whether a rule is about the property that was changed: it guards the path, a part of it, or the resource as such. */
function isAbout(ruleId: string, { type, path }: Breakage): boolean {
  const guards = opened.get(ruleId)?.guards ?? {};
  const paths = [guards[type], guards["*"]].filter((list) => list !== undefined);
  if (path === "" || paths.some((list) => list.length === 0)) return paths.length > 0;
  const top = (text: string): string => text.split(/[.[]/)[0] ?? text;
  return paths.flat().some((guarded) => top(guarded) === top(path));
}

describe("security rules on the production plan", () => {
  let server: PackServer;
  let client: PackClient;
  let plan: readonly AnalyzedResource[];

  before(async function () {
    this.timeout(60_000);
    await buildPackIfStale(join(POLICIES, "security"));
    server = await startPack(join(POLICIES, "security"));
    client = new PackClient(server.address);
    plan = analyzedResources((await planEnvironment("prod")).recording.resources);
  });

  after(() => {
    client.close();
    server.stop();
  });

  /** Violations as rule and resource; only what changed is analysed by itself, the rest is as it was. */
  async function violations(
    resources: readonly AnalyzedResource[],
    changed: readonly string[],
  ): Promise<Set<string>> {
    const single = await client.analyzeAll(resources.filter(({ urn }) => changed.includes(urn)));
    return new Set(
      [...single, ...(await client.analyzeStack(resources))]
        .map(findingOf)
        .filter(({ outcome, policy }) => outcome === "violation" && policy !== "security-exemptions")
        .map(({ policy, urn, message }) => `${policy} ${urn} ${message}`),
    );
  }

  it("finds every mistake by its own rule and by rules about the same property only", async function () {
    this.timeout(120_000);
    // The option of an environment must not hide a mistake: the fixture's options are laid over them.
    const settings = readSettings(join(POLICIES, "config", "security.prod.json"));
    const missed: string[] = [];
    const stray: string[] = [];
    let applied = 0;
    for (const [rule, { breakages, options = {} }] of Object.entries(ruleCases)) {
      const opensRule = {
        enforcementLevel: "mandatory",
        ...(settings[rule] as object | undefined),
        ...options,
      };
      await client.configure(
        { project: "smartretail", stack: "prod" },
        { ...settings, "security-exemptions": "disabled", [rule]: opensRule },
      );
      for (const breakage of breakages) {
        const broken = breakage.apply(plan);
        if (!broken) continue;
        applied++;
        const before = await violations(plan, broken.changed);
        const after = await violations(broken.resources, broken.changed);
        const fresh = [...after]
          .filter((violation) => !before.has(violation))
          .map((text) => text.split(" ")[0] ?? "");
        if (!fresh.includes(rule)) missed.push(`${rule}: ${breakage.what}`);
        stray.push(
          ...fresh
            .filter((other) => !isAbout(other, breakage))
            .map((other) => `${rule}: ${breakage.what} -> ${other}`),
        );
      }
    }
    const score = (applied - missed.length - stray.length) / applied;
    console.log(`      ${applied} mistakes in the production plan, score ${(100 * score).toFixed(1)} %`);

    assert.ok(applied > 200, `only ${applied} mistakes could be made`);
    assert.ok(score >= REQUIRED_SCORE, `missed:\n${missed.join("\n")}\nstray:\n${stray.join("\n")}`);
  });
});

describe("the compliant platform of the fixtures", () => {
  it("exists for every type that a rule is about", () => {
    const types = new Set(analyzed(platform).map(({ type }) => type));
    const missing = securityPack.rules
      .filter(({ guards }) => Object.keys(guards).length > 0 && !("*" in guards))
      .filter(
        ({ guards, id }) => !Object.keys(guards).some((type) => types.has(type)) && id !== "iam-no-users",
      );

    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });
});
