import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { regularExpression, type IngestConfig } from "./config";
import { INPUT_TABLES, type InputTableName } from "./tables";

export interface InputFile {
  readonly path: string;
  /** As people see it: relative to the input folder. */
  readonly name: string;
  readonly byteCount: number;
}

export interface InputFiles {
  readonly tables: Readonly<Record<InputTableName, readonly InputFile[]>>;
  /** Files with the very bytes of another one, and that other one. */
  readonly copies: readonly { readonly file: InputFile; readonly of: InputFile }[];
  /** Files that no table claims. */
  readonly unknown: readonly InputFile[];
}

const READABLE = /\.(csv|tsv|txt|csv\.gz|tsv\.gz|txt\.gz|parquet)$/i;

/** Sorts a folder's files (or one file: sales) by table, in the order of their names. */
export async function findInputFiles(input: string, config: IngestConfig): Promise<InputFiles> {
  const all = await listFiles(input);
  const names = Object.keys(INPUT_TABLES) as InputTableName[];
  const tables = Object.fromEntries(names.map((name) => [name, [] as InputFile[]])) as Record<
    InputTableName,
    InputFile[]
  >;
  const copies = await findCopies(all);
  const copied = new Set(copies.map(({ file }) => file));
  const unknown: InputFile[] = [];
  const isSingle = all.length === 1 && all[0]?.path === input;
  for (const file of all) {
    if (copied.has(file)) continue;
    const table = isSingle
      ? "transactions"
      : names.find((name) => patternOf(name, config).test(basename(file.name)));
    if (table && READABLE.test(file.name)) tables[table].push(file);
    else unknown.push(file);
  }
  return { tables, copies, unknown };
}

function patternOf(name: InputTableName, config: IngestConfig): RegExp {
  const pattern = config.tables[name]?.files;
  return pattern === undefined ? INPUT_TABLES[name].files : regularExpression(pattern, name);
}

async function listFiles(input: string): Promise<InputFile[]> {
  const root = await stat(input).catch(() => {
    throw new Error(`${input}: there is no such file or folder`);
  });
  if (root.isFile()) return [{ path: input, name: basename(input), byteCount: root.size }];
  const entries = await readdir(input, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({ path, name: relative(input, path), byteCount: (await stat(path)).size })),
  );
}

/** Files of equal size are compared by digest; without transaction numbers a copy would count every sale twice. */
async function findCopies(files: readonly InputFile[]) {
  const bySize = groupBySize(files);
  const copies: { file: InputFile; of: InputFile }[] = [];
  for (const [size, group] of bySize) {
    if (group.length < 2 || size === 0) continue;
    const seen = new Map<string, InputFile>();
    for (const file of group) {
      const digest = await digestOf(file.path);
      const first = seen.get(digest);
      if (first) copies.push({ file, of: first });
      else seen.set(digest, file);
    }
  }
  return copies;
}

function groupBySize(files: readonly InputFile[]): Map<number, InputFile[]> {
  const groups = new Map<number, InputFile[]>();
  for (const file of files) groups.set(file.byteCount, [...(groups.get(file.byteCount) ?? []), file]);
  return groups;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
