import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { asClearError, isDiskFull, UserError } from "./clear-error";
import { MARKER_FILE, readMarker } from "./folder-marker";
import { listFolder, markFilling, markWhole } from "./mark-folder";
import { checkOutputFolder } from "./output-folder";
import { removeWorkFolder } from "./remove-owned";
import { withRunLock } from "./run-lock";
import { syncToDisk } from "./sync-to-disk";
import { workNames } from "./work-names";
import { inProgress } from "./work-in-progress";

export interface ReplaceFolderOptions {
  /**
   * Keeps the part when `fill` fails or the process is killed, and gives it to the next `fill` as it was left: for work
   * of many stages, each whole or absent. @default false
   */
  readonly resumes?: boolean;
}

/**
 * Fills a folder beside `target` and puts it in place, so that a reader sees the old folder or the new one and never half
 * of it. `target` must be absent, empty, or made by this program; anything else is rejected before `fill` runs. A run
 * that was killed at any moment is put right by the next one (docs/adr/0039).
 */
export async function replaceFolder<T>(
  target: string,
  fill: (folder: string) => Promise<T>,
  { resumes = false }: ReplaceFolderOptions = {},
): Promise<T> {
  const folder = checkOutputFolder(target);
  return withRunLock(folder, async () => {
    const part = workNames.part(folder);
    let done = () => undefined as void;
    try {
      recoverFolder(folder);
      startPart(part, resumes);
      if (!resumes) done = inProgress(() => removeWorkFolder(part));
      const result = await fill(part);
      markWhole(part);
      checkOutputFolder(target);
      swap(folder, part);
      return result;
    } catch (error) {
      const stays = resumes && !isBare(part);
      if (!stays) removeWorkFolder(part);
      throw stays && isDiskFull(error) ? fullWith(part, target, error) : asClearError(error, target);
    } finally {
      done();
    }
  });
}

/** The part that stays takes space too, and is of use only to a run into the same folder. */
function fullWith(part: string, target: string, cause: unknown): UserError {
  return new UserError(
    `no space left on the disk of ${target}: free some and run it again, it goes on with what is in ${part}; or remove that and choose another folder`,
    { cause },
  );
}

/** Puts right what a killed run has left: an old folder without a new one comes back, else it goes. */
export function recoverFolder(folder: string): void {
  const old = workNames.old(folder);
  if (!existsSync(old)) return;
  if (lstatSync(folder, { throwIfNoEntry: false })) removeWorkFolder(old);
  else renameSync(old, folder);
}

function startPart(part: string, resumes: boolean): void {
  if (resumes && readMarker(part)) return markFilling(part);
  removeWorkFolder(part);
  mkdirSync(part);
  markFilling(part);
}

/** Whether nothing has been finished in a part: only the marker is in it. */
function isBare(part: string): boolean {
  return existsSync(part) && readdirSync(part).every((name) => name === MARKER_FILE);
}

/** At every moment the old folder or the new one is whole, at its place or at the name that recoverFolder looks for. */
function swap(folder: string, part: string): void {
  const old = workNames.old(folder);
  const replaces = readMarker(folder) !== undefined;
  if (replaces) renameSync(folder, old);
  try {
    // An empty folder that is not ours is taken by the rename itself.
    renameSync(part, folder);
  } catch (error) {
    if (replaces) renameSync(old, folder);
    throw error;
  }
  listFolder(folder);
  syncToDisk(dirname(folder));
  removeWorkFolder(old);
}
