import { lstatSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { codeOf, UserError } from "./clear-error";
import { type FolderMarker, MARKER_FILE, readMarker } from "./folder-marker";
import { OpenFolder } from "./open-folder";
import { isWorkName, LOCK, OLD, PART } from "./work-names";

/**
 * The one module that deletes. It deletes only what is proven to be this program's own: parts and replaced folders by
 * their names and the marker inside, and of a whole folder only the files that its marker lists. Links are never followed
 * and mounts never crossed. What cannot be proven stays, and is named.
 */

/** Files that a desktop leaves in every folder that it shows. */
const LITTER = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** A folder's own files; undefined: all that is inside (a part, which nobody but this program writes to). */
type Claim = ReturnType<typeof claimOf>;

function claimOf(marker: FolderMarker) {
  if (marker.state === "filling") return undefined;
  return { files: new Set(marker.files), folders: new Set(marker.folders) };
}

/** Whole or not, a part is ours from its first file to its last. */
const claimOn = (folder: string, marker: FolderMarker) =>
  folder.endsWith(PART) ? undefined : claimOf(marker);

/** Removes a part or a replaced folder; nothing happens when it is not there. */
export function removeWorkFolder(folder: string): void {
  if (!folder.endsWith(PART) && !folder.endsWith(OLD)) refuse(folder, "its name is not of this program");
  removeFolder(folder);
}

/** Removes a file or folder that this program made inside a folder that it made; `name` is one name, not a path. */
export function removeInside(folder: string, name: string): void {
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name))
    refuse(join(folder, name), `"${name}" is not the name of an entry of ${folder}`);
  const marker = markerIn(folder);
  if (!marker) refuse(join(folder, name), `${folder} is not a folder of this program`);
  const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (!found) return;
  const claim = claimOf(marker);
  withFolder(folder, (parent) => {
    if (found.isDirectory()) sweepChild(parent, name, folder, claim, `${name}/`);
    else if (claim && !claim.files.has(name)) refuse(join(folder, name), "this program did not write it");
    else parent.unlink(name);
  });
}

/** Removes a file that was being written. */
export function removeFilePart(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!isWorkName(basename(path)) || !found.isFile()) refuse(path, "it is not a part of this program");
  unlinkSync(path);
}

/** Opens a lock; only the file whose text is `text`, the holder's own. */
export function removeLock(path: string, isOwn: (path: string) => boolean): void {
  if (!new RegExp(`\\${LOCK}(\\.take)*$`).test(path)) refuse(path, "it is not a lock of this program");
  if (isOwn(path)) unlinkSync(path);
}

/** What is in a folder of ours and is not ours, a few names at most; a folder without marker is foreign as a whole. */
export function foreignEntries(folder: string): string[] {
  const marker = markerIn(folder);
  return withFolder(folder, (open) => {
    if (!marker) return open.names();
    return sweep(open, claimOn(folder, marker), "", false);
  });
}

/** The marker of a folder; one that says "filling" counts in a part only, where nobody else writes. */
function markerIn(folder: string): FolderMarker | undefined {
  const marker = readMarker(folder);
  if (marker?.state === "filling" && !isInPart(folder)) return undefined;
  return marker;
}

const isInPart = (folder: string): boolean => folder.split("/").some((name) => name.endsWith(PART));

function removeFolder(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) refuse(folder, "it is not a folder");
  withFolder(dirname(folder), (parent) => {
    const open = parent.openChild(basename(folder));
    try {
      const marker = markerIn(folder);
      if (!marker && open.names().length > 0) refuse(folder, "it has no marker of this program");
      if (open.mount() !== parent.mount()) refuse(folder, "it is mounted from elsewhere");
      sweepWhole(open, folder, marker && claimOn(folder, marker), "");
    } finally {
      open.close();
    }
    parent.rmdir(basename(folder));
  });
}

function sweepChild(parent: OpenFolder, name: string, folder: string, claim: Claim, prefix: string): void {
  const open = parent.openChild(name);
  try {
    if (open.mount() !== parent.mount()) refuse(join(folder, name), "it is mounted from elsewhere");
    const own = claim && readMarker(open.at("."));
    if (own && !claim.folders.has(name)) refuse(join(folder, name), "this program did not put it there");
    if (own) sweepWhole(open, join(folder, name), claimOf(own), "");
    else sweepWhole(open, folder, claim, prefix);
  } finally {
    open.close();
  }
  parent.rmdir(name);
}

/** Looks first, so that a refusal leaves the folder as it was. */
function sweepWhole(open: OpenFolder, folder: string, claim: Claim, prefix: string): void {
  const foreign = sweep(open, claim, prefix, false);
  if (foreign.length > 0) refuse(folder, `it holds ${listed(foreign)}, which this program did not write`);
  const left = sweep(open, claim, prefix, true);
  if (left.length > 0) refuse(folder, `it got ${listed(left)} meanwhile, which this program did not write`);
}

/** Names what is not ours; with `removes`, deletes all the rest, the marker last: a kill on the way leaves it ours. */
function sweep(folder: OpenFolder, claim: Claim, prefix: string, removes: boolean): string[] {
  const foreign: string[] = [];
  const names = folder.names();
  for (const name of names) {
    if (name === MARKER_FILE) continue;
    const path = `${prefix}${name}`;
    const found = folder.stat(name);
    if (found.isDirectory()) foreign.push(...sweepInner(folder, name, claim, path, removes));
    else if (!isOwnFile(claim, path, name, found.isFile())) foreign.push(path);
    else if (removes) folder.unlink(name);
  }
  if (removes && foreign.length === 0 && names.includes(MARKER_FILE)) folder.unlink(MARKER_FILE);
  return foreign;
}

function isOwnFile(claim: Claim, path: string, name: string, isPlain: boolean): boolean {
  return claim === undefined || (isPlain && (claim.files.has(path) || isWorkName(name) || LITTER.has(name)));
}

function sweepInner(
  folder: OpenFolder,
  name: string,
  claim: Claim,
  path: string,
  removes: boolean,
): string[] {
  const inner = folder.openChild(name);
  try {
    if (inner.mount() !== folder.mount()) return [`${path} (mounted from elsewhere)`];
    const own = claim && readMarker(inner.at("."));
    if (own && !claim.folders.has(path) && !isWorkName(name)) return [path];
    if (own && own.state === "filling" && !name.endsWith(PART)) return [path];
    const foreign = own
      ? sweep(inner, claimOf(own), "", removes).map((entry) => `${path}/${entry}`)
      : sweep(inner, claim, `${path}/`, removes);
    if (removes && foreign.length === 0) folder.rmdir(name);
    return foreign;
  } finally {
    inner.close();
  }
}

function withFolder<T>(path: string, use: (folder: OpenFolder) => T): T {
  let open: OpenFolder;
  try {
    open = OpenFolder.open(path);
  } catch (error) {
    if (codeOf(error) === "ELOOP" || codeOf(error) === "ENOTDIR") refuse(path, "it is a link or no folder");
    throw error;
  }
  try {
    return use(open);
  } finally {
    open.close();
  }
}

/** A few names, and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function refuse(path: string, reason: string): never {
  throw new UserError(`${path} is not deleted: ${reason}`);
}
