import assert from "node:assert/strict";
import { isStackRule, Session, type Resource, type Verdict } from "../../../policies/kit";
import { costPack } from "../../../policies/cost/pack";
import { COMPUTE_FIXTURES } from "./fixtures/compute";
import { ENDPOINT_FIXTURES } from "./fixtures/endpoints";
import { urnOf, type Case, type FixtureResource, type Fixtures } from "./fixtures/fixture";
import { JOB_FIXTURES } from "./fixtures/jobs";
import { NETWORK_FIXTURES } from "./fixtures/network";
import { STACK_FIXTURES } from "./fixtures/stack";
import { STORAGE_FIXTURES } from "./fixtures/storage";
import { STUDIO_FIXTURES } from "./fixtures/studio";

const FIXTURES: Fixtures = {
  ...COMPUTE_FIXTURES,
  ...ENDPOINT_FIXTURES,
  ...JOB_FIXTURES,
  ...NETWORK_FIXTURES,
  ...STACK_FIXTURES,
  ...STORAGE_FIXTURES,
  ...STUDIO_FIXTURES,
};

function toResource({ type, name, properties, propertyDependencies }: FixtureResource): Resource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    properties: JSON.parse(JSON.stringify(properties)) as Record<string, unknown>,
    options: { protect: false, ignoreChanges: [] },
    propertyDependencies,
    parsed: new Map(),
  };
}

function verdictsOf(id: string, { resources, options = {} }: Case): Verdict[] {
  const rule = costPack.rules.find((candidate) => candidate.id === id);
  assert.ok(rule, `${id} is not a rule of the pack`);
  const session = new Session({
    rules: [rule],
    settings: { [id]: { level: "mandatory", options } },
    exemptions: [],
    today: "2026-11-23",
  });
  const all = resources.map(toResource);
  return isStackRule(rule)
    ? session.checkStack(all)
    : [...all.flatMap((one) => session.checkResource(one)), ...session.deferrals()];
}

describe("cost rules", () => {
  for (const { id } of costPack.rules.filter((rule) => rule.id !== "cost-exemptions")) {
    const fixture = FIXTURES[id];
    describe(id, () => {
      it("has compliant and violating cases", () => {
        assert.ok(fixture && fixture.compliant.length > 0 && fixture.violating.length > 0);
      });

      fixture?.compliant.forEach((one, i) => {
        it(`passes compliant case ${i + 1}`, () => {
          const bad = verdictsOf(id, one).filter(({ outcome }) => outcome !== "deferred");

          assert.deepEqual(
            bad.map(({ message }) => message),
            [],
          );
        });
      });

      fixture?.violating.forEach((one, i) => {
        it(`finds violating case ${i + 1}: ${one.says.source}`, () => {
          const verdicts = verdictsOf(id, one);

          const found = verdicts
            .filter(({ outcome }) => outcome === "violation")
            .map(({ message }) => message);
          assert.ok(
            found.some((message) => one.says.test(message)),
            `none matches: ${JSON.stringify(verdicts.map(({ outcome, message }) => `${outcome} ${message}`))}`,
          );
        });
      });
    });
  }
});
