import { linkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { asClearError, codeOf } from "./clear-error";
import { removeFilePart } from "./remove-owned";
import { syncToDisk } from "./sync-to-disk";
import { inProgress } from "./work-in-progress";
import { workNames } from "./work-names";

/** Counts the files that this process has begun: two of them for one target are two parts. */
let begun = 0;

/**
 * Makes a file that does not exist yet, whole or not at all. Of several processes that make the same one, one succeeds: a
 * link is made in one step, and never over a file.
 *
 * @returns false where somebody else has made it
 */
export function createFile(target: string, text: string): boolean {
  const part = workNames.filePart(target, process.pid * 1_000_000 + (begun++ % 1_000_000));
  const done = inProgress(() => removeFilePart(part));
  try {
    writeFileSync(part, text);
    syncToDisk(part);
    linkSync(part, target);
    syncToDisk(dirname(target));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw asClearError(error, target);
  } finally {
    removeFilePart(part);
    done();
  }
}
