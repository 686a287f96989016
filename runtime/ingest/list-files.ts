import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { MARKER_FILE } from "../engine/files/folder-marker";
import { STAGE_FILE } from "../engine/stages/run-stage";
import { folderColumns } from "./folder-columns";
import { unreadable, UnreadableInput } from "./unreadable-input";

/** What this program writes into its own folders: nobody misses it among the files that were read. */
const OWN_FILES: ReadonlySet<string> = new Set([MARKER_FILE, STAGE_FILE]);

export interface InputFile {
  readonly path: string;
  /** As people see it: relative to the input folder. */
  readonly name: string;
  readonly byteCount: number;
}

/** Something in the input folder that is not read, and why. */
export interface UnreadEntry {
  readonly name: string;
  readonly why: string;
}

export interface Listing {
  readonly isSingle: boolean;
  readonly files: readonly InputFile[];
  readonly unread: readonly UnreadEntry[];
}

/** All files of a folder and its folders in the order of their names; links to files are followed. */
export async function listFiles(input: string): Promise<Listing> {
  const root = await stat(input).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ENOENT")
      throw new UnreadableInput(`${input}: there is no such file or folder`);
    throw unreadable(error, input);
  });
  if (root.isFile()) {
    const file = { path: input, name: basename(input), byteCount: root.size };
    return { isSingle: true, files: [file], unread: [] };
  }
  if (!root.isDirectory()) throw new UnreadableInput(`${input} is neither a file nor a folder`);
  const entries = await readdir(input, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(error, (error as { path?: string }).path ?? input);
  });
  const files: InputFile[] = [];
  const unread: UnreadEntry[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() || OWN_FILES.has(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(input, path);
    const found = await stat(path).catch((error: unknown) => error as Error);
    const why = whyNot(entry, found);
    if (why !== undefined) unread.push({ name, why });
    else files.push({ path, name, byteCount: (found as Stats).size });
  }
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return { isSingle: false, files: files.sort(byName), unread: unread.sort(byName) };
}

function whyNot(
  entry: { readonly name: string; isSymbolicLink(): boolean },
  found: Stats | Error,
): string | undefined {
  if (found instanceof Error) return entry.isSymbolicLink() ? "a link that leads nowhere" : found.message;
  if (found.isDirectory()) return "a link to a folder: links are followed to files only";
  if (!found.isFile()) return "neither a file nor a folder";
  return entry.name.startsWith(".") ? "a hidden file" : undefined;
}

/** Files of equal size are compared by digest; without transaction numbers a copy would count every sale twice. */
export async function findCopies(files: readonly InputFile[]) {
  const bySize = new Map<number, InputFile[]>();
  for (const file of files) bySize.set(file.byteCount, [...(bySize.get(file.byteCount) ?? []), file]);
  const copies: { file: InputFile; of: InputFile }[] = [];
  for (const [size, group] of bySize) {
    if (group.length < 2 || size === 0) continue;
    const seen = new Map<string, InputFile>();
    for (const file of group) {
      const digest = await digestOf(file);
      const first = seen.get(digest);
      if (first) copies.push({ file, of: first });
      else seen.set(digest, file);
    }
  }
  return copies;
}

/** Of the bytes, and of what the folders say: the same lines of another store are other sales. */
export async function digestOf(file: InputFile): Promise<string> {
  const hash = createHash("sha256");
  const columns = folderColumns(file.name);
  if (columns.length > 0) hash.update(JSON.stringify(columns));
  try {
    for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw unreadable(error, file.name);
  }
  return hash.digest("hex");
}
