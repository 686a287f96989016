import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSettings } from "../../../policies/kit";
import { COST_CONTROLS } from "../../../policies/cost/controls";
import { costPack } from "../../../policies/cost/pack";
import { readUsageFile } from "../../../policies/cost/pricing/usage-file";
import { renderReadme } from "../../../policies/cost/render-readme";
import { COST_TOPIC_COLLECTIONS, COST_TOPICS } from "../../../policies/cost/topics";
import { isAboutTheRun } from "../support/about-the-run";
import { exportedRuleIds } from "../support/exported-rules";
import { topicFaults } from "../support/topic-faults";
import { ALL_FIXTURES } from "./fixtures/all-fixtures";

const POLICIES = join(__dirname, "..", "..", "..", "policies");
const COST = join(POLICIES, "cost");
const AWS = join(__dirname, "..", "..", "..", "node_modules", "@pulumi", "aws");

function readJson(...path: string[]): Record<string, unknown> {
  return JSON.parse(readFileSync(join(POLICIES, ...path), "utf8")) as Record<string, unknown>;
}

describe("cost pack", () => {
  const rules = costPack.rules.filter(({ id }) => !isAboutTheRun(id));

  it("holds every rule that a file exports, once", () => {
    assert.deepEqual(exportedRuleIds(join(COST, "rules")), rules.map(({ id }) => id).sort());
  });

  it("has no fixture without a rule", () => {
    const ids = new Set(rules.map(({ id }) => id));

    assert.deepEqual(
      Object.keys(ALL_FIXTURES).filter((id) => !ids.has(id)),
      [],
    );
  });

  it("says of each rule what it holds, why, and what to do", () => {
    for (const { id, title, rationale, remedy } of rules) {
      assert.match(title, /^[A-Z].*[^.]$/, `title of ${id}`);
      assert.match(rationale, /^[A-Z].{20,}\.$/, `rationale of ${id}`);
      assert.match(remedy, /^[A-Z].{10,}\.$/, `remedy of ${id}`);
    }
  });

  it("inspects only resource types that the provider has", () => {
    const tokens = new Set(rules.flatMap(({ inspects }) => Object.keys(inspects)));
    for (const token of tokens) {
      const [, path = "", name = ""] = /^aws:([\w/]+):(\w+)$/.exec(token) ?? [];
      const file = join(AWS, `${path}.d.ts`);
      assert.ok(existsSync(file), `${token} has no file ${path}.d.ts`);
      assert.match(readFileSync(file, "utf8"), new RegExp(`export declare class ${name} `), token);
    }
  });

  it("inspects only properties that the provider has", () => {
    const missing = rules.flatMap(({ id, inspects }) =>
      Object.entries(inspects).flatMap(([token, paths]) => {
        const [, path = ""] = /^aws:([\w/]+):/.exec(token) ?? [];
        const declaration = readFileSync(join(AWS, `${path}.d.ts`), "utf8");
        const top = new Set(paths.map((one) => one.split(/[.[]/)[0]));
        return [...top]
          .filter((key) => !new RegExp(`\\n {4}${key}\\??: `).test(declaration))
          .map((key) => `${id}: ${token} has no ${key}`);
      }),
    );

    assert.deepEqual(missing, []);
  });

  it("covers every control rule, and names no control that no collection has", () => {
    const known = new Set(COST_CONTROLS.flatMap(({ ids }) => ids));
    const covered = new Set(rules.flatMap(({ controls }) => controls));

    assert.deepEqual([...known].filter((id) => !covered.has(id)).sort(), []);
    assert.deepEqual([...covered].filter((id) => !known.has(id)).sort(), []);
  });

  it("has a rule for every topic of other collections, or says why not", () => {
    assert.deepEqual(topicFaults(COST_TOPICS, COST_TOPIC_COLLECTIONS, costPack.rules), []);
  });

  it("counts every rule of its own under a topic", () => {
    const named = new Set(COST_TOPICS.flatMap((topic) => topic.rules));

    assert.deepEqual(
      costPack.rules.map(({ id }) => id).filter((id) => !named.has(id)),
      [],
    );
  });

  it("has current tables in its README", () => {
    const readme = readFileSync(join(COST, "README.md"), "utf8");

    assert.equal(renderReadme(readme), readme, "run node --import tsx scripts/policy-tables.ts");
  });

  for (const environment of ["dev", "prod"]) {
    it(`has a valid configuration of ${environment}`, () => {
      const config = readJson("config", `cost.${environment}.json`);

      const settings = parseSettings(config, costPack.rules);
      const usage = readUsageFile(join(POLICIES, "config", `usage.${environment}.json`));

      assert.ok(Object.keys(usage).length > 0);
      for (const rule of ["cost-monthly-estimate", "cost-estimate-regression"])
        assert.equal(settings[rule]?.options.usageFile, `../config/usage.${environment}.json`);
    });
  }

  it("rejects a mistyped rule or option with the nearest right name", () => {
    assert.throws(
      () => parseSettings({ "cost-nat-gateway": "disabled" }, costPack.rules),
      /cost-nat-gateways/,
    );
    assert.throws(
      () => parseSettings({ "cost-nat-gateways": { maximun: 1 } }, costPack.rules),
      /did you mean "maximum"/,
    );
  });

  it("keeps the log retention cap at or above the security pack's floor", () => {
    for (const environment of ["dev", "prod"]) {
      const cost = readJson("config", `cost.${environment}.json`);
      const cap = (cost["cost-log-retention-maximum"] as { maximumDays: number }).maximumDays;
      const security = JSON.stringify(readJson("config", `security.${environment}.json`));
      const floors = [...security.matchAll(/"minimumDays":(\d+)/g)].map(([, days]) => Number(days));

      for (const floor of floors) assert.ok(floor <= cap, `${environment}: ${floor} > ${cap}`);
    }
  });
});
