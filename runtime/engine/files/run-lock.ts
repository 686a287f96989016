import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { asClearError, codeOf, UserError } from "./clear-error";
import { removeLock } from "./remove-owned";
import { replaceFileSync } from "./replace-file";
import { workNames } from "./work-names";
import { inProgress } from "./work-in-progress";

const holderSchema = z.object({
  pid: z.number().int(),
  /** When the process started, in ticks since the boot: a process id is used again, this pair is not. */
  processStart: z.string().optional(),
  boot: z.string().optional(),
  host: z.string(),
  since: z.string(),
});

type Holder = z.infer<typeof holderSchema>;

/** A lock without text is being written, or its writer was killed: after this it is the latter. */
const UNWRITTEN_MILLISECONDS = 2000;

/** Takes over at most so many locks of killed processes that were taking over. */
const DEEPEST = 4;

/**
 * Runs `work` while no other run works on `target`; the second one is rejected with the first one's process. The lock of a
 * process that is gone does not count.
 */
export async function withRunLock<T>(target: string, work: () => Promise<T>): Promise<T> {
  const lock = workNames.lock(target);
  const own = newHolder();
  try {
    await mkdir(dirname(lock), { recursive: true });
    acquire(lock, target, own, DEEPEST);
  } catch (error) {
    throw asClearError(error, target);
  }
  const release = () => removeLock(lock, (path) => isSame(readHolder(path), own));
  const done = inProgress(release);
  try {
    return await work();
  } finally {
    done();
    release();
  }
}

function acquire(lock: string, target: string, own: Holder, depth: number): void {
  if (tryCreate(lock, own)) return;
  const holder = readHolder(lock);
  if (isAlive(holder, lock)) throw new UserError(rejection(target, lock, holder));
  if (depth === 0) throw new UserError(`${lock} cannot be taken over: delete it`);
  // One process at a time takes over, and looks again: the lock may be another's by now.
  const take = `${lock}.take`;
  acquire(take, target, own, depth - 1);
  try {
    const now = readHolder(lock);
    if (now && !isSame(now, holder)) throw new UserError(rejection(target, lock, now));
    replaceFileSync(lock, textOf(own));
  } finally {
    removeLock(take, (path) => isSame(readHolder(path), own));
  }
}

function tryCreate(lock: string, own: Holder): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(lock, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(descriptor, textOf(own));
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function rejection(target: string, lock: string, holder: Holder | undefined): string {
  if (!holder) return `${target} is being written by another run, which has just begun: wait for it`;
  const where = holder.host === hostname() ? "" : ` on ${holder.host}; if it is gone, delete ${lock}`;
  return `${target} is being written by process ${holder.pid} since ${holder.since}: wait for it or end it${where}`;
}

function readHolder(lock: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(lock, "utf8"))).data;
  } catch {
    return undefined;
  }
}

const textOf = (holder: Holder) => `${JSON.stringify(holder)}\n`;

const isSame = (a: Holder | undefined, b: Holder | undefined) =>
  a !== undefined && b !== undefined && textOf(a) === textOf(b);

function isAlive(holder: Holder | undefined, lock: string): boolean {
  if (!holder) {
    const found = statSync(lock, { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs < UNWRITTEN_MILLISECONDS;
  }
  // Another machine's processes cannot be asked.
  if (holder.host !== hostname()) return true;
  if (holder.boot !== undefined && bootId() !== undefined && holder.boot !== bootId()) return false;
  if (!isRunning(holder.pid)) return false;
  const start = processStart(holder.pid);
  return start === undefined || holder.processStart === undefined || start === holder.processStart;
}

/** Signal 0 only asks; EPERM means that it runs under another user. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return processState(pid) !== "Z";
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function newHolder(): Holder {
  return {
    pid: process.pid,
    processStart: processStart(process.pid),
    boot: bootId(),
    host: hostname(),
    since: new Date().toISOString(),
  };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields from the third on, after the name in brackets. */
function processFields(pid: number): string[] | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

const processState = (pid: number) => processFields(pid)?.[0];
const processStart = (pid: number) => processFields(pid)?.[19];
const bootId = () => readText("/proc/sys/kernel/random/boot_id")?.trim();

/** Undefined where there is no /proc. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
