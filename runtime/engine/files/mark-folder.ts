import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { UserError } from "./clear-error";
import { type FolderMarker, MARKER_FILE, MARKER_FORMAT, readMarker } from "./folder-marker";
import { replaceFileSync } from "./replace-file";
import { syncToDisk } from "./sync-to-disk";
import { isWorkName } from "./work-names";

export function markFilling(folder: string): void {
  write(folder, { program: "smartretail", format: MARKER_FORMAT, state: "filling", files: [], folders: [] });
}

/** Lists what the folder holds and puts all of it on the disk: a rename must never come before its content. */
export function markWhole(folder: string): void {
  const { files, folders } = contentsOf(folder);
  const isSynced = (file: string) => folders.some((inner) => file.startsWith(`${inner}/`));
  for (const file of files) if (!isSynced(file)) syncToDisk(join(folder, file));
  write(folder, { program: "smartretail", format: MARKER_FORMAT, state: "whole", files, folders });
  syncToDisk(folder);
}

/** Says in the marker of the whole folder around it, if there is one, that `folder` is new in it. */
export function listFolder(folder: string): void {
  for (let around = dirname(folder); around !== dirname(around); around = dirname(around)) {
    const marker = readMarker(around);
    if (!marker) continue;
    const name = relative(around, folder);
    if (marker.state === "whole" && !marker.folders.includes(name))
      write(around, { ...marker, folders: [...marker.folders, name].sort() });
    return;
  }
}

/** Files, those of marked folders inside too, and these folders, relative to `folder` and sorted. */
function contentsOf(folder: string): { files: string[]; folders: string[] } {
  const found = { files: [] as string[], folders: [] as string[] };
  const walk = (prefix: string) => {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      if (name === MARKER_FILE || isWorkName(entry.name)) continue;
      if (entry.isFile()) found.files.push(name);
      if (!entry.isDirectory()) continue;
      if (readMarker(join(folder, name))) found.folders.push(name);
      walk(`${name}/`);
    }
  };
  walk("");
  return { files: found.files.sort(), folders: found.folders.sort() };
}

/** Adds a file to a whole folder, or replaces one of its own; the list comes first: it may name more than there is. */
export function addFile(folder: string, name: string, text: string): void {
  const marker = readMarker(folder);
  if (!marker) throw new Error(`${folder} is not a folder of this program: ${name} cannot be added`);
  if (marker.state === "whole" && !marker.files.includes(name)) {
    if (existsSync(join(folder, name)))
      throw new UserError(`${join(folder, name)} was not written by this program: move it`);
    write(folder, { ...marker, files: [...marker.files, name].sort() });
  }
  replaceFileSync(join(folder, name), text);
}

function write(folder: string, marker: FolderMarker): void {
  replaceFileSync(join(folder, MARKER_FILE), `${JSON.stringify(marker, undefined, 2)}\n`);
}
