import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { PlanError } from "../plan-error";
import { packRunner } from "../sdk/pack-runner";

/** The CLI gives a plugin this long to print its port; a compiled pack takes about a second. */
const START_TIMEOUT_MILLISECONDS = 60_000;

/** A policy pack's own server, started as the CLI starts it. */
export interface PackServer {
  readonly address: string;
  /** Ends the process. */
  readonly stop: () => void;
}

/**
 * Starts the pack in `folder` through the runner of the Pulumi SDK. The pack prints the port on which its analyzer
 * listens as its first line.
 */
export async function startPack(folder: string): Promise<PackServer> {
  const full = resolve(folder);
  const program = programOf(full);
  const child = spawn(process.execPath, [packRunner(), "127.0.0.1:1", program], {
    cwd: full,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => {
    process.removeListener("exit", stop);
    child.kill();
  };
  // A command that ends by an error must not leave the server behind.
  process.once("exit", stop);
  return { address: `127.0.0.1:${await portOf(child, full)}`, stop };
}

function programOf(folder: string): string {
  const file = join(folder, "PulumiPolicy.yaml");
  if (!existsSync(file)) throw new PlanError(`there is no policy pack in ${folder} (no PulumiPolicy.yaml)`);
  const { main } = parse(readFileSync(file, "utf8")) as { main?: string };
  const program = main ? join(folder, main) : folder;
  if (!existsSync(program)) {
    throw new PlanError(`the policy pack in ${folder} is not compiled: run npm run build:policies`);
  }
  return program;
}

function portOf(child: ChildProcess, folder: string): Promise<string> {
  return new Promise((resolvePort, reject) => {
    let output = "";
    let errors = "";
    const fail = (why: string): void => reject(new PlanError(`the policy pack in ${folder} ${why}`));
    const timer = setTimeout(() => fail("did not start in time"), START_TIMEOUT_MILLISECONDS);
    child.stderr?.on("data", (chunk) => (errors += String(chunk)));
    child.stdout?.on("data", (chunk) => {
      output += String(chunk);
      const port = /^(\d+)$/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolvePort(port);
    });
    child.on("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}: ${errors.trim().split("\n").slice(-5).join(" ")}`);
    });
  });
}
