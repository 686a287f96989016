import { spawn } from "node:child_process";
import type { Measured } from "../report";

/** What a measured process says about itself as its last line of output. */
export interface MeasuredRun extends Measured {
  readonly rowCount: number;
  readonly peakMegabytes: number;
}

/** Runs a command that prints a MeasuredRun as JSON; each measurement gets a process of its own for its peak memory. */
export async function measure(command: string, args: readonly string[]): Promise<MeasuredRun> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, POLARS_MAX_THREADS: "2", OMP_NUM_THREADS: "2" },
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(errors.trim().split("\n").at(-1) || `${command} ended with ${code}`);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as MeasuredRun;
}
