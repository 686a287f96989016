import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Measured } from "../report";

/** One line of a child's output, with what the child had used when it arrived. */
export interface TimedLine {
  readonly text: string;
  /** Wall seconds since the start. */
  readonly seconds: number;
  /** CPU seconds of all threads since the start; the steadier figure on a busy machine. */
  readonly cpuSeconds: number;
}

export interface ChildRun extends Measured {
  readonly lines: readonly TimedLine[];
  readonly peakMegabytes: number;
}

const POLL_MILLISECONDS = 50;
/** Clock ticks per second of /proc/<pid>/stat; 100 on every Linux of today. */
const TICKS_PER_SECOND = 100;

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** Places in /proc/<pid>/stat behind the command's closing bracket: utime and stime of a process, and of its ended children. */
const OWN_TIMES = [11, 12];
const CHILD_TIMES = [13, 14];

function cpuSecondsOf(pid: number, places = OWN_TIMES): number {
  const fields = readProc(pid, "stat").split(") ")[1]?.split(" ") ?? [];
  return places.reduce((sum, place) => sum + Number(fields[place] ?? 0), 0) / TICKS_PER_SECOND;
}

function peakMegabytesOf(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readProc(pid, "status"))?.[1];
  return kilobytes ? (Number(kilobytes) * 1024) / 1e6 : 0;
}

/** Runs a command to its end and times every line that it prints (Linux: CPU and memory come from /proc). One at a time. */
export async function runChild(command: string, args: readonly string[], cwd?: string): Promise<ChildRun> {
  const ended = cpuSecondsOf(process.pid, CHILD_TIMES);
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const pid = child.pid ?? 0;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const lines: TimedLine[] = [];
  let peakMegabytes = 0;
  const poll = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakMegabytesOf(pid));
  }, POLL_MILLISECONDS);
  const read = (chunk: Buffer) => {
    const used = { seconds: seconds(), cpuSeconds: cpuSecondsOf(pid) };
    for (const text of chunk.toString().split("\n").filter(Boolean)) lines.push({ text, ...used });
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => clearInterval(poll));
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${reasonOf(lines)}`);
  const cpuSeconds = cpuSecondsOf(process.pid, CHILD_TIMES) - ended;
  return { lines, seconds: seconds(), cpuSeconds, peakMegabytes };
}

/** The error that Node.js prints before its stack, else the last lines. */
function reasonOf(lines: readonly TimedLine[]): string {
  const texts = lines.map(({ text }) => text);
  return texts.findLast((text) => /^\w*Error: /.test(text)) ?? texts.slice(-3).join(" | ");
}

/** The first line that a pattern matches. */
export function lineOf(run: ChildRun, pattern: RegExp): TimedLine {
  const line = run.lines.find(({ text }) => pattern.test(text));
  if (!line) throw new Error(`no line like ${pattern} in the output`);
  return line;
}
