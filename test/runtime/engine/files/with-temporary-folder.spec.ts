import assert from "node:assert/strict";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "../../../../runtime/engine/files/with-temporary-folder";

describe("withTemporaryFolder", () => {
  it("is there while it is used, for its owner alone, and gone afterwards", async () => {
    const folder = await withTemporaryFolder((made) => {
      writeFileSync(join(made, "plan.json"), "{}");
      assert.equal(statSync(made).mode & 0o077, 0);
      return Promise.resolve(made);
    });

    assert.equal(existsSync(folder), false);
  });

  it("is gone also after an error, which is passed on", async () => {
    let folder = "";

    const use = (made: string) => Promise.reject(new Error((folder = made)));
    await assert.rejects(withTemporaryFolder(use), new RegExp("smartretail-"));
    assert.equal(existsSync(folder), false);
  });
});
