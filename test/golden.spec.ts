import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goldenList } from "../preview/golden-list";
import { STACKS } from "./support/environments";
import { planOf } from "./support/plans";

describe("the list of resources", () => {
  for (const stack of STACKS) {
    it(`of ${stack} is the agreed one (npm run goldens writes it)`, async () => {
      const { recording } = await planOf(stack, { preview: true });

      const golden: unknown = JSON.parse(readFileSync(join(__dirname, "golden", `${stack}.json`), "utf8"));
      assert.deepEqual(goldenList(recording), golden);
    });
  }
});
