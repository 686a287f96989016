import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeStaleParts } from "../../../../runtime/engine/files/stale-parts";

/** Above every process id that Linux hands out. */
const NOBODY = 4_999_999;

describe("removeStaleParts", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "parts-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("removes what a killed run left, and nothing of a running one or of other names", async () => {
    const kept = ["week", `week.part-${process.pid}`, `other.part-${NOBODY}`, "week.part-notes"];
    for (const name of [...kept, `week.part-${NOBODY}`, `week.old-${NOBODY}`])
      await mkdir(join(folder, name));

    const removed = await removeStaleParts(join(folder, "week"));

    assert.deepEqual(removed.sort(), [`week.old-${NOBODY}`, `week.part-${NOBODY}`]);
    assert.deepEqual((await readdir(folder)).sort(), kept.sort());
  });

  it("finds nothing where there is no folder yet", async () => {
    assert.deepEqual(await removeStaleParts(join(folder, "none", "week")), []);
  });
});
