import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLevel, parseSettings, type Level } from "../../policies/kit";
import { costPack } from "../../policies/cost/pack";
import { TAGGED_TYPES } from "../../policies/cost/rules/stack/tagged-types";
import { securityPack } from "../../policies/security/pack";
import { TAGGABLE_SAGEMAKER_TYPES, TAGGABLE_TYPES } from "../../policies/security/rules/stack/taggable-types";
import { renderPresets } from "../../scripts/policy-tables";

const CONFIG = join(__dirname, "..", "..", "policies", "config");
const STRICTNESS: readonly Level[] = ["disabled", "advisory", "remediate", "mandatory"];

/** Rules that an environment lowers below the preset on purpose. */
const LOWERED: Readonly<Record<string, readonly string[]>> = {
  // Functions in a network without internet would need an endpoint for X-Ray, which nothing else calls (docs/adr/0090).
  "security.dev": ["stateful-protected", "s3-no-force-destroy", "ddb-deletion-protection", "lambda-tracing"],
  "security.prod": ["lambda-tracing"],
};

for (const pack of [securityPack, costPack]) {
  describe(`the presets of the ${pack.name} pack`, () => {
    it("are shipped as files, made from the rules", async () => {
      for (const [file, text] of Object.entries(await renderPresets(pack))) {
        assert.ok(existsSync(file), `${file} is missing: run npm run policies:tables`);
        assert.equal(readFileSync(file, "utf8"), text, "run npm run policies:tables");
      }
    });

    it("are accepted as configurations", () => {
      for (const preset of Object.values(pack.presets)) assert.ok(parseSettings(preset, pack.rules));
    });

    it("are stricter for this platform than for others, in every rule", () => {
      const smartretail = parseSettings(pack.presets.smartretail, pack.rules);
      const laxer = pack.rules.filter((rule) => {
        const level = smartretail[rule.id]?.level;
        return level !== undefined && STRICTNESS.indexOf(level) < STRICTNESS.indexOf(defaultLevel(rule));
      });

      assert.deepEqual(
        laxer.map(({ id }) => id),
        [],
      );
    });

    for (const stack of ["dev", "prod"])
      it(`leave no rule of this platform out of the configuration of ${stack}`, () => {
        const file = `${pack.name}.${stack}`;
        const given = parseSettings(
          JSON.parse(readFileSync(join(CONFIG, `${file}.json`), "utf8")),
          pack.rules,
        );
        const expected = parseSettings(pack.presets.smartretail, pack.rules);

        const missing = Object.entries(expected)
          .filter(([id, { level }]) => level !== undefined && given[id]?.level !== level)
          .map(([id]) => id)
          .filter((id) => !LOWERED[file]?.includes(id));
        const options = Object.entries(expected)
          .flatMap(([id, { options: own }]) => Object.keys(own).map((name) => ({ id, name })))
          .filter(({ id, name }) => !(name in (given[id]?.options ?? {})))
          .map(({ id, name }) => `${id}.${name}`);

        assert.deepEqual([...missing, ...options], []);
      });
  });
}

describe("the tags of this platform", () => {
  it("are asked for by the security pack wherever the cost pack checks their values", () => {
    const asked = new Set([...TAGGABLE_TYPES, ...TAGGABLE_SAGEMAKER_TYPES]);

    assert.deepEqual(
      TAGGED_TYPES.filter((type) => !asked.has(type)),
      [],
    );
  });
});
