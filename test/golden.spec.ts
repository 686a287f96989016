import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goldenList } from "../preview/golden-list";
import { environment, STACKS } from "./support/environments";

describe("the list of resources", () => {
  for (const stack of STACKS) {
    it(`of ${stack} is the agreed one (npm run goldens writes it)`, async () => {
      const { recording } = await environment(stack, { preview: true });

      const golden: unknown = JSON.parse(readFileSync(join(__dirname, "golden", `${stack}.json`), "utf8"));
      assert.deepEqual(goldenList(recording), golden);
    });
  }
});
