import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Fills a folder beside `target` and puts it in place with one rename, so that a reader sees the old folder or the new
 * one and never half of it. When `fill` fails the folder beside is removed and `target` is as it was.
 */
export async function writeWholeFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const part = `${target}.part-${process.pid}`;
  const old = `${target}.old-${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  await removeLeftovers(target);
  try {
    await mkdir(part);
    const result = await fill(part);
    await rename(target, old).catch(ignoreMissing);
    await rename(part, target);
    await rm(old, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw asClearError(error, target);
  }
}

/** Removes what a killed run of ours has left beside `target`: its rows and DuckDB's spill files can be gigabytes. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder)) {
    const [, of, pid] = /^(.+)\.(?:part|old)-(\d+)$/.exec(name) ?? [];
    if (of !== basename(target) || isAlive(Number(pid))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && pid !== process.pid;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== "ENOENT") throw error;
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** DuckDB and Node report a full disk in different words; people get one. */
export function asClearError(error: unknown, target: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (codeOf(error) === "ENOSPC" || /no space left on device|ENOSPC|disk is full/i.test(message)) {
    return new Error(
      `no space left on the disk of ${target}: free some or choose another folder; nothing was written`,
    );
  }
  if (codeOf(error) === "EACCES" || codeOf(error) === "EROFS") {
    return new Error(`${target} cannot be written (${message})`);
  }
  return error instanceof Error ? error : new Error(message);
}
