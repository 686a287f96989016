import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { MARKER_FILE } from "../../../../runtime/engine/files/folder-marker";
import { recoverFolder, replaceFolder } from "../../../../runtime/engine/files/replace-folder";
import { isWorkName } from "../../../../runtime/engine/files/work-names";
import { temporaryFolder } from "../../support/temporary-folder";

const CHILD = join(__dirname, "support", "replace-and-die.ts");
/** More changes than a swap makes; the spec checks that. */
const MOST_CHANGES = 60;

describe("a folder's replacement, killed before each of its changes", () => {
  const folder = temporaryFolder();
  const namesIn = (target: string) => readdirSync(target).filter((name) => name !== MARKER_FILE);

  it("always leaves the old result or the new one whole, and the next run puts all right", async () => {
    // Compiled once: the process is started for every change that a swap makes.
    const child = folder.path("replace-and-die.js");
    buildSync({ entryPoints: [CHILD], outfile: child, bundle: true, platform: "node" });
    let step = 0;
    const seen = new Set<string>();
    for (; step < MOST_CHANGES; step += 1) {
      const target = folder.path(`step-${step}/week`);
      await replaceFolder(target, (part) => {
        mkdirSync(`${part}/inner`);
        writeFileSync(`${part}/inner/old`, "old");
        return Promise.resolve();
      });
      writeFileSync(join(dirname(target), "week.txt"), "mine");

      const end = spawnSync(process.execPath, [child, target, String(step)], { encoding: "utf8" });
      if (end.stdout === "finished") break;
      assert.equal(end.signal, "SIGKILL", end.stderr);

      recoverFolder(target);
      const [first = ""] = namesIn(target);
      assert.ok(first === "inner" || first === "new", `step ${step}: ${first}`);
      seen.add(first);
      await replaceFolder(target, (part) => {
        writeFileSync(`${part}/next`, "next");
        return Promise.resolve();
      });
      assert.deepEqual(namesIn(target), ["next"]);
      assert.deepEqual(readdirSync(dirname(target)).filter(isWorkName), []);
      assert.deepEqual(readdirSync(dirname(target)), ["week", "week.txt"]);
    }

    assert.ok(step > 15 && step < MOST_CHANGES, `${step} changes`);
    assert.deepEqual(seen, new Set(["inner", "new"]));
  });
});
