import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { analyzedResources } from "../../../preview/policies/analyzed-resource";
import { evaluatePack } from "../../../preview/policies/evaluate-pack";
import { buildPackIfStale } from "../../../scripts/build-policies";
import { planOf } from "../../support/plans";

const FOLDER = join(__dirname, "..", "..", "..", "policies", "cost");

describe("cost pack over the program", () => {
  before(async () => {
    await buildPackIfStale(FOLDER);
    for (const stack of ["dev", "lean", "prod"] as const) {
      await planOf(stack);
      await planOf(stack, { preview: true });
    }
  });

  for (const stack of ["dev", "lean", "prod"] as const)
    for (const preview of [false, true])
      it(`finds nothing in ${stack} ${preview ? "at its first preview" : "with all values known"}`, async () => {
        const { recording } = await planOf(stack, { preview });

        const { findings } = await evaluatePack({
          folder: FOLDER,
          configFile: join(FOLDER, "..", "config", `${basename(FOLDER)}.${stack}.json`),
          stack: { project: "smartretail", stack, preview },
          resources: analyzedResources(recording.resources),
        });

        const expected = preview ? ["deferred", "note"] : ["note"];
        const other = findings.filter(({ outcome }) => !expected.includes(outcome));
        assert.deepEqual(
          other.map(({ policy, message }) => `${policy}: ${message}`),
          [],
        );
      });
});
