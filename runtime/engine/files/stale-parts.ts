import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Whether a process of this id runs (signal 0 only asks; EPERM means that it runs under another user). */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes what killed runs left beside `target` (writeWholeFolder's parts); those of running processes stay. */
export async function removeStaleParts(target: string): Promise<string[]> {
  const names = await readdir(dirname(target)).catch(() => []);
  const stale = names.filter((name) => {
    if (!name.startsWith(`${basename(target)}.`)) return false;
    const pid = /\.(?:part|old)-(\d+)$/.exec(name)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  });
  for (const name of stale) await rm(join(dirname(target), name), { recursive: true, force: true });
  return stale;
}
