import { accessSync, constants, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { asClearError, UserError } from "./clear-error";
import { removeFilePart } from "./remove-owned";
import { syncToDisk } from "./sync-to-disk";
import { isWorkName, workNames } from "./work-names";
import { inProgress } from "./work-in-progress";

/** A file that is being written beside its target. */
interface FilePart {
  /** Where to write. */
  readonly path: string;
  /** Puts what was written in the target's place with one rename. */
  readonly finish: () => void;
  /** Removes what was written; the target is as it was. */
  readonly abandon: () => void;
}

/**
 * Begins a file that replaces `target` when it is finished: a reader sees the old file or the new one, never half of it.
 * A link is followed; a device or a pipe (/dev/stdout) is written as it is.
 */
function startFile(target: string): FilePart {
  const place = placeOf(target);
  if (place.isStream) return { path: place.path, finish: () => undefined, abandon: () => undefined };
  const part = workNames.filePart(place.path, process.pid);
  const done = inProgress(() => removeFilePart(part));
  return {
    path: part,
    finish: () => {
      syncToDisk(part);
      renameSync(part, place.path);
      syncToDisk(dirname(place.path));
      done();
    },
    abandon: () => {
      removeFilePart(part);
      done();
    },
  };
}

/** Writes a file whole or not at all. */
export async function replaceFile<T>(target: string, fill: (path: string) => Promise<T>): Promise<T> {
  let part: FilePart | undefined;
  try {
    part = startFile(target);
    const result = await fill(part.path);
    part.finish();
    return result;
  } catch (error) {
    part?.abandon();
    throw asClearError(error, target);
  }
}

/** The same for a text that is at hand. */
export function replaceFileSync(target: string, text: string | Uint8Array): void {
  let part: FilePart | undefined;
  try {
    part = startFile(target);
    writeFileSync(part.path, text);
    part.finish();
  } catch (error) {
    part?.abandon();
    throw asClearError(error, target);
  }
}

/** Moves a file out of a folder that will be removed, to a name of this program; whoever reads sees all of it or none. */
export function moveOut(path: string, target: string): void {
  if (!isWorkName(basename(target))) throw new Error(`${target} is not a name of this program`);
  renameSync(path, target);
}

/** Whether `target` can be written, before the work whose result it shall hold. */
export function checkOutputFile(target: string): void {
  const { path } = placeOf(target);
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`${target} cannot be written: there is no folder ${folder}`);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UserError(`${target} cannot be written: you may not write in ${folder}`);
  }
}

function placeOf(target: string): { path: string; isStream: boolean } {
  if (target === "") throw new UserError('the file to write is "": allowed: the name of a file');
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return { path: target, isStream: false };
  if (found.isDirectory()) throw new UserError(`${target} is a folder; allowed: the name of a file`);
  return { path: realpathSync(target), isStream: !found.isFile() };
}
