import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { CATEGORIES } from "../../../contracts/categories";
import { type NightModels, readNightModels, writeNightModels } from "../../../runtime/scoring/night-models";

describe("writeNightModels", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "night-models-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const write = async (models: NightModels): Promise<string> => {
    await writeNightModels(folder, models);
    return readFileSync(join(folder, "models.json"), "utf8");
  };

  it("writes the same bytes whoever was ready first, and what is read is what was given", () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...CATEGORIES]),
        fc.shuffledSubarray([...CATEGORIES]),
        async (first, second) => {
          const night = (ready: readonly string[]): NightModels => ({
            cutoff: "2025-12-01",
            champion: Object.fromEntries(ready.map((category) => [category, "20251130-0000000a"])),
            challenger: Object.fromEntries(second.map((category) => [category, "20251130-0000000b"])),
            calibrations: Object.fromEntries(ready.map((category, i) => [category, i + 1])),
          });
          const sameNight = night([...first]);
          const reversed: NightModels = {
            ...sameNight,
            champion: Object.fromEntries(Object.entries(sameNight.champion).reverse()),
            calibrations: Object.fromEntries(Object.entries(sameNight.calibrations ?? {}).reverse()),
          };

          assert.equal(await write(sameNight), await write(reversed));
          assert.deepEqual(await readNightModels(folder), sameNight);
        },
      ),
      { numRuns: 30 },
    ));

  it("names no calibrations where nothing is calibrated", async () => {
    assert.doesNotMatch(await write({ cutoff: "2025-12-01", champion: {}, challenger: {} }), /calibrations/);
  });
});
