import { type ChildProcess, spawn } from "node:child_process";
import { ROOT } from "./week-process";

/** `npm run pipeline`, as npm starts it. */
export function pipeline(argv: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ["scripts/smartretail.mjs", "pipeline", ...argv], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
}
