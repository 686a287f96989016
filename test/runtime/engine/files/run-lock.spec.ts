import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { withRunLock } from "../../../../runtime/engine/files/run-lock";
import { workNames } from "../../../../runtime/engine/files/work-names";
import { temporaryFolder } from "../../support/temporary-folder";
import { skipAs } from "../../../support/skip-without";

interface Holder {
  pid: number;
  processStart?: string;
  boot?: string;
  host: string;
  since: string;
}

describe("withRunLock", () => {
  const folder = temporaryFolder();
  const done = () => Promise.resolve("done");
  /** The text of a lock that this process holds, changed. */
  async function leave(target: string, change: (holder: Holder) => Partial<Holder>): Promise<void> {
    let holder: Holder | undefined;
    await withRunLock(target, () => {
      holder = JSON.parse(readFileSync(workNames.lock(target), "utf8")) as Holder;
      return Promise.resolve();
    });
    writeFileSync(workNames.lock(target), `${JSON.stringify({ ...holder, ...change(holder!) })}\n`);
  }
  const deadPid = () => spawnSync("true").pid;

  it("rejects a second run with the first one's process and start, and opens afterwards", async () => {
    const target = folder.path("busy");

    await withRunLock(target, async () => {
      await assert.rejects(
        withRunLock(target, done),
        new RegExp(`busy is being written by process ${process.pid} since 20\\d\\d-.*: wait for it`),
      );
    });

    assert.equal(existsSync(workNames.lock(target)), false);
    assert.equal(await withRunLock(target, done), "done");
  });

  it("opens when the work fails", async () => {
    const target = folder.path("failed");

    await assert.rejects(
      withRunLock(target, () => Promise.reject(new Error("stopped"))),
      /stopped/,
    );

    assert.equal(existsSync(workNames.lock(target)), false);
  });

  it("takes over from a process that is gone", async () => {
    const target = folder.path("gone");
    await leave(target, () => ({ pid: deadPid() }));

    assert.equal(await withRunLock(target, done), "done");
    assert.equal(existsSync(workNames.lock(target)), false);
  });

  it("takes over when the process id is another process's by now, or the machine was started again", async function () {
    if (!existsSync("/proc/self/stat")) skipAs(this, "no /proc here");
    const target = folder.path("reused");

    await leave(target, () => ({ pid: process.ppid, processStart: "1" }));
    assert.equal(await withRunLock(target, done), "done");
    await leave(target, () => ({ pid: process.pid, boot: "another" }));
    assert.equal(await withRunLock(target, done), "done");
  });

  it("takes over although the one who was taking over was killed too", async () => {
    const target = folder.path("twice");
    await leave(target, () => ({ pid: deadPid() }));
    const text = readFileSync(workNames.lock(target), "utf8");
    writeFileSync(`${workNames.lock(target)}.take`, text);

    assert.equal(await withRunLock(target, done), "done");
    assert.equal(existsSync(`${workNames.lock(target)}.take`), false);
  });

  it("does not take over from another machine, and says which file to delete", async () => {
    const target = folder.path("elsewhere");
    await leave(target, () => ({ pid: deadPid(), host: "another-machine" }));

    await assert.rejects(withRunLock(target, done), /on another-machine; if it is gone, delete .*-lock/);
  });

  it("counts a lock without text as one that is being written, until it is old", async () => {
    const target = folder.path("unwritten");
    writeFileSync(workNames.lock(target), "");
    await assert.rejects(withRunLock(target, done), /another run, which has just begun/);

    const { utimesSync } = await import("node:fs");
    utimesSync(workNames.lock(target), 1, 1);
    assert.equal(await withRunLock(target, done), "done");
  });

  it("lets one of many processes in that find the lock of a killed one", async function () {
    const target = folder.path("raced");
    await leave(target, () => ({ pid: deadPid() }));
    const code = `
      const { withRunLock } = require(${JSON.stringify(require.resolve("../../../../runtime/engine/files/run-lock"))});
      const start = Number(process.argv[1]);
      while (Date.now() < start);
      withRunLock(${JSON.stringify(target)}, () => new Promise((end) => setTimeout(end, 2000)))
        .then(() => process.stdout.write("in"), () => process.stdout.write("out"));`;
    const start = String(Date.now() + 4000);

    const outcomes = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const child = spawn(process.execPath, ["--import", "tsx", "-e", code, start]);
        let text = "";
        child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
        await once(child, "close");
        return text;
      }),
    );

    assert.deepEqual(outcomes.sort(), ["in", "out", "out", "out", "out"]);
  });
});
