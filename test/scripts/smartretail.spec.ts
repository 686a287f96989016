import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import commands from "../../scripts/commands.json";
import { usageOf } from "../../scripts/usage-of";

const SCRIPTS = resolve("scripts");

function smartretail(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(SCRIPTS, "smartretail.mjs"), ...argv],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

const sourceOf = (script: string) => readFileSync(join(SCRIPTS, script), "utf8");

/** The keys of a command's table of options, from its source: `stack: { type: "string" }`. */
const optionsIn = (source: string) =>
  [...source.matchAll(/^ +"?([a-z-]+)"?: \{\s*type: "(?:string|boolean)"/gm)].map(([, name]) => name!).sort();

describe("smartretail", () => {
  it("lists every command with what it does", () => {
    const { status, stdout } = smartretail("--help");

    assert.equal(status, 0);
    for (const { name, summary } of commands)
      assert.match(stdout, new RegExp(`^ +${name} +${summary.slice(0, 20)}`, "m"));
    assert.equal(smartretail().stdout, stdout);
  });

  it("shows the options of one command, without loading it", () => {
    const { status, stdout } = smartretail("plan", "--stack", "dev", "--help");

    assert.equal(status, 0);
    assert.match(
      stdout,
      /^npm run plan -- --stack <name> .*\n\n.*\n\n {2}--stack <name> +dev, lean or prod$/m,
    );
    assert.equal(smartretail("help", "plan").stdout, stdout);
  });

  it("rejects an unknown command in one line that names the known ones", () => {
    const { status, stdout, stderr } = smartretail("plna");

    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^"plna" is no command; there are: start, plan, .*\n$/);
  });

  it("ends its help where the reader has gone, and says in one line that a device is full", async () => {
    const main = join(SCRIPTS, "smartretail.mjs");
    const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    const [code] = (await once(child, "close")) as [number];
    const full = (redirection: string, ...argv: string[]) =>
      spawnSync("sh", ["-c", `exec "$0" "$@" ${redirection}`, process.execPath, main, ...argv], {
        encoding: "utf8",
      });
    const [help, mistake] = [full("> /dev/full", "plan", "--help"), full("2> /dev/full", "plna")];

    assert.deepEqual([code, said], [0, ""]);
    assert.deepEqual([help.status, help.stderr], [1, "the output cannot be written: its device is full\n"]);
    assert.deepEqual([mistake.status, mistake.stdout], [1, ""]);
  });

  it("says in one line that Node.js may use too little memory, instead of a crash", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=16", join(SCRIPTS, "smartretail.mjs"), "forecast"],
      { encoding: "utf8" },
    );

    assert.equal(status, 1);
    assert.match(
      stderr,
      /^too little memory: Node\.js may use 16 MB, and 48 MB are the least; give it more, .*\n$/,
    );
  });

  it("gives a command its arguments, its exit code and the one rule for errors", () => {
    const { status, stderr } = smartretail("plan", "--stack");

    assert.equal(status, 1);
    assert.equal(stderr, `Option '--stack <value>' argument missing (${usageOf("plan")})\n`);
  });

  it("says of a command that changes an account what is true when a signal ends it", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, [join(SCRIPTS, "smartretail.mjs"), "cleanup", "--stack", "dev"], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    // It asks whose account this is, and nobody answers.
    await once(server, "request");
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    server.closeAllConnections();
    server.close();

    assert.equal(code, 130);
    assert.equal(
      said,
      "stopped by SIGINT: what was deleted is gone, and the next run goes on with the rest\n",
    );
  });

  it("stands behind the npm script of the same name", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };

    for (const { name } of commands) assert.equal(scripts[name], `node scripts/smartretail.mjs ${name}`);
  });

  for (const { name, script, options } of commands) {
    it(`names the options that ${name} takes, and no others`, () => {
      const source = sourceOf(script);
      const optionsFile = name === "forecast" ? "./forecast-options.ts" : script;
      const named = Object.keys(options).flatMap((text) =>
        [...text.matchAll(/--([a-z-]+)/g)].map(([, option]) => option!),
      );

      assert.match(source, /export (?:async )?function main\(argv: readonly string\[\]/);
      if (name === "start") return;
      assert.deepEqual([...new Set(named)].sort(), optionsIn(sourceOf(optionsFile)));
    });
  }
});
