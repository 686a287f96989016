import { lstatSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { listed } from "../text/listed";
import { codeOf, UserError } from "./clear-error";
import { type FolderMarker, MARKER_FILE, readMarker } from "./folder-marker";
import { OpenFolder } from "./open-folder";
import { isFilePartOf, isWorkName, LOCK, OLD, PART } from "./work-names";

/**
 * The one module that deletes. It deletes only what is proven to be this program's own: parts and replaced folders by
 * their names and the marker inside, and of a whole folder only the files that its marker lists. Links are never followed
 * and mounts never crossed. What cannot be proven stays, and is named.
 */

/** Files that a desktop leaves in every folder that it shows. */
const LITTER = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** What is ours among the entries of a folder: `name` is relative to it. */
interface Claim {
  readonly hasFile: (name: string) => boolean;
  readonly hasFolder: (name: string) => boolean;
}

/** A part: nobody but this program writes there. */
const ALL: Claim = { hasFile: () => true, hasFolder: () => true };

function claimOf(marker: FolderMarker): Claim {
  if (marker.state === "filling") return ALL;
  const [files, folders] = [new Set(marker.files), new Set(marker.folders)];
  return { hasFile: (name) => files.has(name), hasFolder: (name) => folders.has(name) };
}

/** Whole or not, a part is ours from its first file to its last. */
const claimOn = (folder: string, marker: FolderMarker) => (folder.endsWith(PART) ? ALL : claimOf(marker));

/** The same one folder further in. */
function within(claim: Claim, folder: string): Claim {
  if (claim === ALL) return ALL;
  return {
    hasFile: (name) => claim.hasFile(`${folder}/${name}`),
    hasFolder: (name) => claim.hasFolder(`${folder}/${name}`),
  };
}

/** A folder with a list of its own inside one with a list: what either names. */
function either(a: Claim, b: Claim): Claim {
  if (a === ALL || b === ALL) return ALL;
  return {
    hasFile: (name) => a.hasFile(name) || b.hasFile(name),
    hasFolder: (name) => a.hasFolder(name) || b.hasFolder(name),
  };
}

/** Removes a part or a replaced folder; nothing happens when it is not there. */
export function removeWorkFolder(folder: string): void {
  if (!folder.endsWith(PART) && !folder.endsWith(OLD)) reject(folder, "its name is not of this program");
  removeFolder(folder);
}

/** Removes a file or folder that this program made inside a folder that it made; `name` is one name, not a path. */
export function removeInside(folder: string, name: string): void {
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name))
    reject(join(folder, name), `"${name}" is not the name of an entry of ${folder}`);
  const marker = markerIn(folder);
  if (!marker) reject(join(folder, name), `${folder} is not a folder of this program`);
  const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (!found) return;
  const claim = claimOf(marker);
  withFolder(folder, (parent) => {
    if (found.isDirectory()) {
      const foreign = sweepInner(parent, name, claim, false);
      if (foreign.length > 0) reject(folder, `it holds ${listed(foreign)}, which this program did not write`);
      sweepInner(parent, name, claim, true);
    } else if (claim.hasFile(name)) parent.unlink(name);
    else reject(join(folder, name), "this program did not write it");
  });
}

/** Removes a file that was being written. */
export function removeFilePart(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!isWorkName(basename(path)) || !found.isFile()) reject(path, "it is not a part of this program");
  unlinkSync(path);
}

/** Opens a lock; only the file whose text is `text`, the holder's own. */
export function removeLock(path: string, isOwn: (path: string) => boolean): void {
  if (!new RegExp(`\\${LOCK}(\\.take)*$`).test(path)) reject(path, "it is not a lock of this program");
  if (isOwn(path)) unlinkSync(path);
}

/** What is in a folder of ours and is not ours, a few names at most; a folder without marker is foreign as a whole. */
export function foreignEntries(folder: string): string[] {
  const marker = markerIn(folder);
  return withFolder(folder, (open) => {
    if (!marker) return unmarkedNames(open);
    return sweep(open, claimOn(folder, marker), false);
  });
}

/** What a folder without a marker holds, besides a marker whose writer was killed before it had its name. */
const unmarkedNames = (open: OpenFolder): string[] =>
  open.names().filter((name) => !isFilePartOf(MARKER_FILE, name));

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
  if (!found.isDirectory()) reject(folder, "it is not a folder");
  withFolder(dirname(folder), (parent) => {
    const open = parent.openChild(basename(folder));
    try {
      const marker = markerIn(folder);
      if (!marker && unmarkedNames(open).length > 0) reject(folder, "it has no marker of this program");
      if (open.mount() !== parent.mount()) reject(folder, "it is mounted from elsewhere");
      sweepWhole(open, folder, marker ? claimOn(folder, marker) : ALL);
    } finally {
      open.close();
    }
    parent.rmdir(basename(folder));
  });
}

/** Looks first, so that a rejection leaves the folder as it was. */
function sweepWhole(open: OpenFolder, folder: string, claim: Claim): void {
  const foreign = sweep(open, claim, false);
  if (foreign.length > 0) reject(folder, `it holds ${listed(foreign)}, which this program did not write`);
  const left = sweep(open, claim, true);
  if (left.length > 0) reject(folder, `it got ${listed(left)} meanwhile, which this program did not write`);
}

/** Names what is not ours; with `removes`, deletes all the rest, the marker last: a kill on the way leaves it ours. */
function sweep(folder: OpenFolder, claim: Claim, removes: boolean): string[] {
  const foreign: string[] = [];
  const names = folder.names();
  for (const name of names) {
    if (name === MARKER_FILE) continue;
    const found = folder.stat(name);
    if (found.isDirectory()) foreign.push(...sweepInner(folder, name, claim, removes));
    else if (!isOwnFile(claim, name, found.isFile())) foreign.push(name);
    else if (removes) folder.unlink(name);
  }
  if (removes && foreign.length === 0 && names.includes(MARKER_FILE)) folder.unlink(MARKER_FILE);
  return foreign;
}

function isOwnFile(claim: Claim, name: string, isPlain: boolean): boolean {
  return claim === ALL || (isPlain && (claim.hasFile(name) || isWorkName(name) || LITTER.has(name)));
}

function sweepInner(folder: OpenFolder, name: string, claim: Claim, removes: boolean): string[] {
  const inner = folder.openChild(name);
  try {
    if (inner.mount() !== folder.mount()) return [`${name} (mounted from elsewhere)`];
    const around = within(claim, name);
    const own = claim === ALL ? undefined : readMarker(inner.at("."));
    // Somebody's copy of another result, or of a part.
    if (own && !claim.hasFolder(name) && !isWorkName(name)) return [name];
    if (own?.state === "filling" && !name.endsWith(PART)) return [name];
    const foreign = sweep(inner, own ? either(around, claimOf(own)) : around, removes);
    if (removes && foreign.length === 0) folder.rmdir(name);
    return foreign.map((entry) => `${name}/${entry}`);
  } finally {
    inner.close();
  }
}

function withFolder<T>(path: string, use: (folder: OpenFolder) => T): T {
  let open: OpenFolder;
  try {
    open = OpenFolder.open(path);
  } catch (error) {
    if (codeOf(error) === "ELOOP" || codeOf(error) === "ENOTDIR") reject(path, "it is a link or no folder");
    throw error;
  }
  try {
    return use(open);
  } finally {
    open.close();
  }
}

function reject(path: string, reason: string): never {
  throw new UserError(`${path} is not deleted: ${reason}`);
}
