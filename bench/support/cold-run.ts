import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A whole process from start to end, as a person waits for it. */
export interface ColdRun {
  readonly seconds: number;
  /** Peak resident memory in MB (10^6 bytes); undefined where the system does not tell (Linux does). */
  readonly peakMegabytes?: number;
}

const POLL_MILLISECONDS = 50;

export async function coldRun(command: string, args: readonly string[], cwd: string): Promise<ColdRun> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  let peakMegabytes: number | undefined;
  const poll = setInterval(() => (peakMegabytes = peakOf(child.pid) ?? peakMegabytes), POLL_MILLISECONDS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => clearInterval(poll));
  if (code !== 0) throw new Error(errors.trim().split("\n").at(-1) || `${command} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMegabytes };
}

/** The kernel keeps the peak, so a poll shortly before the end is enough. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
