import { spawnSync } from "node:child_process";

/** Skips the test or suite, and says why, where `command` is not on the PATH. Call it first, from a `function`. */
export function skipWithout(context: Mocha.Context, command: string, where: string): void {
  if (spawnSync("sh", ["-c", 'command -v "$0"', command], { stdio: "ignore" }).status === 0) return;
  skipAs(context, `${command} is not on the PATH (${where})`);
}

/** Skips the test or suite, and says why. */
export function skipAs(context: Mocha.Context, why: string): never {
  console.log(`    skipped: ${why}`);
  return context.skip();
}
