import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { goldenList } from "../preview/golden-list";
import { stackNames } from "../preview/stack-config";
import { STACKS } from "./support/environments";
import { planOf } from "./support/plans";

const GOLDEN = [...STACKS, "lean"] as const;

describe("the list of resources", () => {
  it("is agreed for every stack", () => {
    const agreed = stackNames(".").filter((stack) => existsSync(join(__dirname, "golden", `${stack}.json`)));

    assert.deepEqual(agreed, [...GOLDEN].sort());
    assert.deepEqual(agreed, stackNames("."));
  });

  for (const stack of GOLDEN) {
    it(`of ${stack} is the agreed one (npm run goldens writes it)`, async () => {
      const { recording } = await planOf(stack, { preview: true });

      const golden: unknown = JSON.parse(readFileSync(join(__dirname, "golden", `${stack}.json`), "utf8"));
      assert.deepEqual(goldenList(recording), golden);
    });
  }
});
