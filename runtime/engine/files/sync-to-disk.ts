import { closeSync, fsyncSync, openSync } from "node:fs";
import { codeOf } from "./clear-error";

/** Waits until a file, or the names in a folder, are on the disk: they then outlive a loss of power. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some file systems (network shares) know no fsync of folders.
    if (codeOf(error) !== "EINVAL" && codeOf(error) !== "ENOTSUP") throw error;
  } finally {
    closeSync(descriptor);
  }
}
