import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { isWorkName } from "../../runtime/engine/files/work-names";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { skipWithout } from "../support/skip-without";
import { endOf, figuresOf, ROOT, runWeekProcess, startWeek, TINY } from "./support/week-process";

const COMMAND = `'${process.execPath}' --require tsx/cjs scripts/forecast-week.ts ${TINY.join(" ")}`;

/** The command in a shell. */
function shell(line: string): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${line}`], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 120_000,
  });
  return { code: status, out: stdout, error: stderr };
}

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1) ?? "";

describe("npm run forecast as a process", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  /** Of a run with nothing unusual about it: the first one below. */
  let figures: Record<string, string>;

  it("ends quietly when its reader has had enough, the results in place", () => {
    const out = folder.path("head");

    const { code, error } = shell(`${COMMAND} --out '${out}' | head -1`);

    assert.equal(code, 0, error);
    assert.match(lastLine(error), /^ {2}\w+: .* \([\d.]+ s\)$/);
    assert.ok(existsSync(`${out}/report.html`));
    figures = figuresOf(out);
    assert.ok(Object.keys(figures).length >= 4);
  });

  it("ends by SIGINT and SIGTERM in one line, with codes 130 and 143, and leaves nothing half-written", async () => {
    const out = folder.path("stopped");
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const child = startWeek([...TINY, "--out", out]);
      const end = endOf(child);
      await once(child.stderr!, "data");

      child.kill(signal);
      const ended = await end;

      assert.deepEqual([ended.code, ended.signal], [code, null], ended.error);
      assert.equal(lastLine(ended.error), `stopped by ${signal}: results of earlier runs are as they were`);
      assert.equal(existsSync(out), false);
      assert.equal(existsSync(`${out}.smartretail-lock`), false);
    }
    const again = await runWeekProcess([...TINY, "--out", out]);
    assert.equal(again.code, 0, again.error);
    assert.deepEqual(figuresOf(out), figures);
    assert.deepEqual(readdirSync(folder.path(".")).filter(isWorkName), []);
  });

  it("ends at once by a second signal", async () => {
    const child = startWeek([...TINY, "--out", folder.path("twice-stopped")]);
    const end = endOf(child);
    await once(child.stderr!, "data");

    child.kill("SIGINT");
    child.kill("SIGTERM");

    const { code, signal, error } = await end;
    assert.ok(code === 130 || code === 143 || signal === "SIGTERM", error);
    assert.doesNotMatch(error, /\n {4}at /);
  });

  it("says in one line that the output's device is full", () => {
    for (const json of ["", "--json"]) {
      const { code, error } = shell(`${COMMAND} --out '${folder.path("full")}' ${json} > /dev/full`);

      assert.equal(code, 1);
      assert.equal(lastLine(error), "the output cannot be written: its device is full");
      assert.doesNotMatch(error, /\n {4}at /);
    }
  });

  it("says in one line that it may open too few files", () => {
    // tsx compiles what it has not seen through a process of its own, which needs more handles: it saw all of it above.
    const { code, error } = shell(`ulimit -n 25; ${COMMAND} --out '${folder.path("files")}'`);

    assert.equal(code, 1);
    assert.match(
      lastLine(error),
      /^too many open files while working on .*: allow more of them \(ulimit -n 1024\)$/,
    );
    assert.doesNotMatch(error, /\n {4}at /);
  });

  it("rejects a second run into a folder with the first one's process, and does the first one no harm", async () => {
    const out = folder.path("twice");
    const first = startWeek([...TINY, "--out", out]);
    const end = endOf(first);
    await once(first.stderr!, "data");

    const second = await runWeekProcess([...TINY, "--out", out]);

    assert.equal(second.code, 1);
    assert.match(
      second.error,
      new RegExp(`^${out} is being written by process ${first.pid} since [^\\n]*\\n$`),
    );
    assert.equal((await end).code, 0);
    assert.ok(existsSync(`${out}/report.html`));
  });

  it("gives the same figures in any time zone, language and folder, on one core and on two", async function () {
    skipWithout(this, "taskset", "util-linux");
    const room = folder.path('it\'s [1] a * "b" ? {c} $d day=3');
    mkdirSync(room);
    const runs: [string, NodeJS.ProcessEnv, string[]][] = [
      [folder.path("west"), { TZ: "America/Los_Angeles" }, []],
      [
        `${room}/week [a-z]*?`,
        { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
        ["taskset", "-c", "0"],
      ],
    ];

    for (const [out, env, prefix] of runs) {
      const { code, error } = await runWeekProcess([...TINY, "--out", out], env, prefix);
      assert.equal(code, 0, error);
      assert.deepEqual(figuresOf(out), figures, out);
    }
  });

  it("keeps a user's folder, file and data that are named as the output", async () => {
    mkdirSync(folder.path("photos"));
    writeFileSync(folder.path("photos/a.jpg"), "mine");

    for (const target of ["photos", "photos/a.jpg"]) {
      const { code, error } = await runWeekProcess([...TINY, "--out", folder.path(target)]);
      assert.equal(code, 1);
      assert.match(error, /^the output folder [^\n]*: nothing was changed; [^\n]*\n$/);
    }
    assert.deepEqual(readdirSync(folder.path("photos")), ["a.jpg"]);
  });
});
