import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { runConcurrently } from "../../../../runtime/engine/threads/run-concurrently";
import { writeWholeFolder } from "../../../../runtime/engine/files/whole-folder";
import { temporaryFolder } from "../../support/temporary-folder";

describe("writeWholeFolder", () => {
  const folder = temporaryFolder();

  it("replaces the folder by what was filled, and leaves nothing beside it", async () => {
    const target = folder.path("replaced/lake");
    await mkdir(target, { recursive: true });
    await writeFile(`${target}/old`, "old");

    const result = await writeWholeFolder(target, async (part) => {
      await writeFile(`${part}/new`, "new");
      return 42;
    });

    assert.equal(result, 42);
    assert.deepEqual(readdirSync(target), ["new"]);
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
  });

  it("keeps the old folder and removes the new one when filling fails", async () => {
    const target = folder.path("kept/lake");
    await mkdir(target, { recursive: true });
    await writeFile(`${target}/old`, "old");

    const failing = writeWholeFolder(target, async (part) => {
      await writeFile(`${part}/half`, "half");
      throw new Error("stopped");
    });

    await assert.rejects(failing, /^Error: stopped$/);
    assert.equal(readFileSync(`${target}/old`, "utf8"), "old");
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
  });

  it("removes what a killed run has left, and nothing of a running one", async () => {
    const target = folder.path("killed/lake");
    for (const name of [`lake.part-${2 ** 22 + 1}`, `lake.part-${process.ppid}`, "lake2.part-1"]) {
      await mkdir(`${dirname(target)}/${name}`, { recursive: true });
    }

    await writeWholeFolder(target, () => Promise.resolve());

    assert.deepEqual(
      readdirSync(dirname(target)).sort(),
      ["lake", `lake.part-${process.ppid}`, "lake2.part-1"].sort(),
    );
  });

  it("says in one line that the disk is full, whoever noticed it", async () => {
    const target = folder.path("full/lake");
    const faults = [
      Object.assign(new Error("write failed"), { code: "ENOSPC" }),
      new Error('IO Error: Could not write file "x": No space left on device'),
    ];

    for (const fault of faults) {
      const failing = writeWholeFolder(target, () => Promise.reject(fault));
      await assert.rejects(
        failing,
        /^Error: no space left on the disk of .*: free some or choose another folder/,
      );
      assert.equal(existsSync(target), false);
    }
  });
});

describe("runConcurrently", () => {
  it("works on every item, with no more lanes than asked for", async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;

    await runConcurrently([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      done.push(item);
    });

    assert.deepEqual(done.sort(), [1, 2, 3, 4, 5]);
    assert.equal(most, 2);
  });

  it("stops at the first failure and reports it", async () => {
    const started: number[] = [];

    const failing = runConcurrently([1, 2, 3, 4, 5, 6], 1, (item) => {
      started.push(item);
      return item === 2 ? Promise.reject(new Error("two")) : Promise.resolve();
    });

    await assert.rejects(failing, /two/);
    assert.deepEqual(started, [1, 2]);
  });
});
