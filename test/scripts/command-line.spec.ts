import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import commands from "../../scripts/commands.json";
import { usageOf } from "../../scripts/usage-of";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { runCommandLine, type Terminal } from "./support/run-command-line";

const MAIN = resolve("scripts", "smartretail.mjs");

/** What every command of the command line must do, by the arguments that show it. */
interface Manners {
  /** Words that come before any option. */
  readonly first?: readonly string[];
  /** A value that is not allowed, and what must be said of it: the thing, the value, what is allowed. */
  readonly badValue?: readonly [argv: readonly string[], ...says: readonly string[]];
  /** A file or folder that is not there, or cannot be made, at NOWHERE. */
  readonly missingFile?: readonly string[];
  /** A quick call that prints JSON; of `elsewhere` another spec says it, because it needs an account. */
  readonly json?: readonly string[] | { readonly elsewhere: string };
  /** A quick call that prints text. */
  readonly text?: readonly string[];
}

/** Stands for a folder of this spec. */
const HERE = "{here}";
const NOWHERE = "no/such/place";
const ESCAPE = "\u001b";
const withoutCode = (text: string, index: number) => (index === 0 ? text : text.replace(/^\[\d+m/, ""));
/** What other programs change between two runs. */
const withoutFreeDisk = (text: string) => text.replace(/(free disk +)[\d.]+ GB/, "$1? GB");
const SMALL = ["--stores", "1", "--skus", "4", "--days", "30"];
const badStack = [["--stack", "tset"], "tset", "dev, lean, prod"] as const;

describe("every command of the command line", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  before(() => mkdirSync(folder.path("week/models"), { recursive: true }));

  const MANNERS: Readonly<Record<string, Manners>> = {
    start: {
      badValue: [["--stores", "0"], "--stores is 0", "1 to 2000"],
      missingFile: ["--data", NOWHERE],
    },
    plan: {
      badValue: badStack,
      missingFile: ["--stack", "dev", "--json", NOWHERE],
      json: ["--stack", "dev", "--json", "-"],
    },
    outputs: { badValue: badStack, json: ["--stack", "dev", "--json"] },
    policies: {
      badValue: [["--stack", "dev", "--pack", "beauty"], "beauty", "cost, security"],
      missingFile: ["--stack", "dev", "--json", NOWHERE],
      json: ["--stack", "dev", "--pack", "cost", "--json", "-"],
    },
    cost: {
      badValue: [["--stack", "dev", "--jpy-per-usd", "many"], "--jpy-per-usd", "many"],
      missingFile: ["--stack", "dev", "--diff", NOWHERE],
      json: ["--stack", "dev", "--json"],
    },
    preflight: { badValue: badStack, json: ["--stack", "dev", "--offline", "--json"] },
    bootstrap: { badValue: [["--stack", "test"], 'stack "test" does not exist', "dev, lean, prod"] },
    deploy: { badValue: badStack, missingFile: ["--stack", "dev", "--plan", NOWHERE] },
    rollout: {
      badValue: [["--stack", "dev", "--prune", "--keep", "some"], "--keep", "some"],
      json: ["--stack", "dev", "--json"],
    },
    ab: {
      first: ["status"],
      badValue: [["--category", "toys"], '--category is "toys"', "drinks, food"],
      missingFile: ["--week", NOWHERE],
      json: ["--week", `${HERE}/week`, "--json"],
      text: ["--week", `${HERE}/week`],
    },
    data: {
      first: ["generate"],
      badValue: [["--stores", "0"], "--stores is 0", "1 to 2000"],
      missingFile: ["--out", "/dev/null/data"],
      json: [...SMALL, "--out", `${HERE}/data`, "--json"],
      text: [...SMALL, "--out", `${HERE}/data`],
    },
    forecast: {
      badValue: [["--days", "1.5"], '--days is "1.5"', "whole number"],
      missingFile: ["--data", NOWHERE],
      json: { elsewhere: "test/scripts/forecast-week.spec.ts" },
    },
    pipeline: {
      first: ["nightly"],
      badValue: [["--date", "2026-02-30"], '--date is "2026-02-30"', "a day such as"],
      missingFile: ["--data", NOWHERE, "--account", `${HERE}/account`],
      json: { elsewhere: "test/scripts/pipeline.spec.ts" },
    },
    serve: {
      badValue: [["--port", "99999"], '--port is "99999"', "0 to 65535"],
      missingFile: ["--week", NOWHERE],
    },
    rehearse: { badValue: badStack },
    drift: {
      badValue: [["--replay", "exercise-9"], '--replay is "exercise-9"', "exercise-7-1, exercise-7-2"],
      missingFile: ["--replay", "exercise-7-2", "--picture", `${NOWHERE}/curve.svg`],
      json: ["--replay", "exercise-7-2", "--json"],
      text: ["--replay", "exercise-7-2"],
    },
    cleanup: { badValue: badStack, json: { elsewhere: "test/scripts/cleanup.spec.ts" } },
    doctor: { json: ["--offline", "--json"], text: ["--offline"] },
    bench: {
      // The file that runs them is none of them.
      badValue: [["stopwatch"], '"stopwatch"', "command-line", "machines, night"],
      missingFile: ["accuracy", "--data", NOWHERE],
      json: { elsewhere: "below, in a process: its benchmarks are loaded as ES modules" },
    },
  };

  const run = (name: string, argv: readonly string[], terminal?: Terminal) =>
    runCommandLine(
      name,
      [...(MANNERS[name]?.first ?? []), ...argv].map((text) => text.replace(HERE, folder.path("."))),
      terminal,
    );

  it("is held to its manners here", () => {
    assert.deepEqual(Object.keys(MANNERS).sort(), commands.map(({ name }) => name).sort());
    for (const { name, options } of commands) {
      const named = Object.keys(options).join(" ");
      const { badValue, missingFile, json } = MANNERS[name]!;
      if (/--\S+ [<A-Z\w]/.test(named)) assert.ok(badValue, `${name} takes values`);
      if (/--\S+ (?:FILE|DIR)/.test(named.replace(/--config FILE/, "")))
        assert.ok(missingFile, `${name} takes files`);
      if (named.includes("--json")) assert.ok(json, `${name} has --json`);
    }
  });

  for (const { name, summary } of commands) {
    it(`${name}: --help says what it does and takes, with exit code 0 and no colour`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, name, "--help"], {
        encoding: "utf8",
        env: { ...process.env, FORCE_COLOR: "1" },
      });

      assert.deepEqual([status, stderr], [0, ""]);
      assert.ok(stdout.startsWith(`${usageOf(name)}\n\n${summary}\n\n`), stdout);
    });
  }

  /** One line on standard error, no trace, nothing on standard output. */
  async function mistake(name: string, argv: readonly string[], ...says: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await run(name, argv);
    const text = stderr.trimEnd();

    assert.notEqual(code, 0, stderr);
    assert.equal(stdout, "");
    assert.ok(!text.includes("\n"), `more than one line: ${text}`);
    for (const part of says) assert.ok(text.includes(part), `no "${part}" in: ${text}`);
  }

  for (const [name, { badValue, missingFile }] of Object.entries(MANNERS)) {
    it(`${name}: an unknown option, a wrong value, a missing file are one line each`, async () => {
      await mistake(name, ["--colour-of-magic"], "Unknown option '--colour-of-magic'", usageOf(name));
      if (badValue !== undefined) await mistake(name, badValue[0], ...badValue.slice(1).map(String));
      if (missingFile !== undefined)
        await mistake(name, missingFile, missingFile.find((text) => text.includes("/")) ?? "");
    });
  }

  for (const [name, { json, text }] of Object.entries(MANNERS)) {
    if (json !== undefined && !("elsewhere" in json)) {
      it(`${name}: --json prints JSON and nothing else, not even on a terminal in colour`, async () => {
        const { stdout, stderr } = await run(name, json, {
          env: { FORCE_COLOR: "1", NO_COLOR: undefined },
        });

        assert.ok(stdout !== "", stderr);
        const parsed = JSON.parse(stdout) as unknown;
        assert.ok(typeof parsed === "object" && parsed !== null);
        assert.ok(!stdout.includes(ESCAPE));
      });
    }
    if (text !== undefined) {
      it(`${name}: has colour on a terminal only, and never with NO_COLOR`, async () => {
        const on = (isTty: boolean, env: Record<string, string | undefined>) =>
          run(name, text, { isTty, env: { FORCE_COLOR: undefined, ...env } });
        const inFile = await on(false, { NO_COLOR: undefined });
        const plain = await on(true, { NO_COLOR: "1", FORCE_COLOR: "1" });
        const painted = await on(true, { NO_COLOR: undefined, TERM: "xterm" });

        for (const { code, stdout } of [inFile, plain]) {
          assert.equal(code, 0);
          assert.ok(!stdout.includes(ESCAPE));
        }
        const unpainted = painted.stdout.split(ESCAPE).map(withoutCode).join("");
        assert.equal(withoutFreeDisk(unpainted), withoutFreeDisk(plain.stdout));
      });
    }
  }

  it("drift: draws a picture or prints JSON, not both", async () => {
    const argv = ["--replay", "exercise-7-2", "--picture", folder.path("curve.svg"), "--json"];

    await mistake("drift", argv, "--picture is drawn instead of what is told: leave out --json");
  });

  it("bench: --json prints JSON and nothing else", () => {
    const argv = [MAIN, "bench", "command-line", "--quick", "--json"];
    const { status, stdout } = spawnSync(process.execPath, argv, { encoding: "utf8" });

    assert.equal(status, 0);
    assert.equal((JSON.parse(stdout) as { name: string }[])[0]?.name, "command-line");
  });

  it("comes with its help before a TypeScript loader would: within twice the time of an empty program", () => {
    const watch = "process.on('exit', () => process.stderr.write(JSON.stringify(process.cpuUsage())))";
    const processorTime = (...argv: string[]) => {
      const all = ["--import", `data:text/javascript,${watch}`, ...argv];
      const { stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
      const { user, system } = JSON.parse(stderr) as NodeJS.CpuUsage;
      return user + system;
    };
    // In turns, each time the best: what else the machine does slows both.
    const turns = Array.from({ length: 4 }, () => ({
      help: processorTime(MAIN, "plan", "--help"),
      nothing: processorTime("-e", ""),
    }));

    const best = (which: "help" | "nothing") => Math.min(...turns.map((turn) => turn[which]));
    assert.ok(best("help") < 2 * best("nothing"), JSON.stringify(turns));
  });
});
