import { UserError } from "../engine/files/clear-error";
import { existsSync } from "node:fs";
import { copyFile, link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { parseIngestConfig, type IngestConfig } from "./config";
import type { FileCounts } from "./sales-counts";
import type { ItemTexts } from "./masters";
import { listFiles, type InputFile } from "./list-files";
import type { InputTableName } from "./tables";
import { workPaths } from "./work-folder";

const figures = z.object({ rows: z.number(), units: z.number(), sales: z.number() });
const counts = z.object({
  read: figures,
  staged: figures,
  rejected: figures,
  reasons: z.record(z.string(), z.number()),
  unreadable: z.number(),
  returns: z.number(),
  late: z.number(),
  byteCount: z.number(),
  // A file without rows has no days, and JSON no infinity.
  firstDay: z.number().nullable(),
  lastDay: z.number().nullable(),
});

const stateSchema = z.object({
  version: z.literal(2),
  /** How the files were read. */
  config: z.record(z.string(), z.unknown()),
  /** Sales files that have contributed; the number is in the lines. */
  files: z.array(z.object({ id: z.number(), name: z.string(), sha256: z.string(), counts })),
  /** Codes in the order of their numbers in the lines. */
  stores: z.array(z.string()),
  skus: z.array(z.string()),
  /** What the sales call the items, by code. */
  texts: z.record(z.string(), z.object({ category: z.string(), name: z.string() })),
  parts: z.number(),
});

type StoredState = z.infer<typeof stateSchema>;

export interface KnownFile {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
  readonly counts: FileCounts;
}

/** What a lake remembers of the files that it was made from. */
export interface IngestState {
  /** How the files were read; undefined before the first. */
  readonly config?: IngestConfig;
  readonly files: readonly KnownFile[];
  readonly stores: readonly string[];
  readonly skus: readonly string[];
  readonly texts: Readonly<Record<string, ItemTexts>>;
  readonly parts: number;
}

export const NO_STATE: IngestState = { files: [], stores: [], skus: [], texts: {}, parts: 0 };

/** Whether a lake has kept its lines. */
export const canBeAddedTo = (lake: string) => existsSync(workPaths.summary(lake));

export async function readState(lake: string): Promise<IngestState> {
  const path = workPaths.summary(lake);
  const text = await readFile(path, "utf8").catch(() => {
    throw new UserError(`${lake} cannot be added to: it was not made with keepsLines, or is no lake`);
  });
  const parsed = stateSchema.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new UserError(
      `${path} is damaged (${parsed.error.issues[0]?.path.join(".")}): ingest all files again`,
    );
  return {
    ...parsed.data,
    config: parseIngestConfig(parsed.data.config, path),
    files: parsed.data.files.map((file) => ({ ...file, counts: daysOf(file.counts) })),
  };
}

export async function writeState(
  lake: string,
  state: IngestState & { readonly config: IngestConfig },
): Promise<void> {
  await writeFile(workPaths.summary(lake), `${JSON.stringify({ version: 2, ...state }, undefined, 1)}\n`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function daysOf(stored: StoredState["files"][number]["counts"]): FileCounts {
  return { ...stored, firstDay: stored.firstDay ?? Infinity, lastDay: stored.lastDay ?? -Infinity };
}

/** Gives a new lake the files of an old one's folder; they are never changed, so a second name is enough. */
export async function takeOver(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const target = join(to, path.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    await link(path, target).catch(() => copyFile(path, target));
  }
}

/** Keeps the small files beside the lines: a later run that brings only sales still has its masters. */
export async function keepInputs(
  lake: string,
  tables: Readonly<Record<InputTableName, readonly InputFile[]>>,
): Promise<void> {
  for (const [table, files] of Object.entries(tables)) {
    if (table === "transactions" || files.length === 0) continue;
    const folder = join(workPaths.inputs(lake), table);
    await mkdir(folder, { recursive: true });
    for (const file of files) {
      const target = join(folder, basename(file.name));
      if (target !== file.path) await copyFile(file.path, target);
    }
  }
}

/** The kept small files together with the new ones; a new file replaces the kept one of its name. */
export async function withKeptInputs(
  lake: string,
  tables: Readonly<Record<InputTableName, readonly InputFile[]>>,
): Promise<Record<InputTableName, readonly InputFile[]>> {
  const merged = { ...tables };
  for (const table of Object.keys(tables) as InputTableName[]) {
    if (table === "transactions") continue;
    const folder = join(workPaths.inputs(lake), table);
    const kept = await listFiles(folder).then(
      ({ files }) => files,
      () => [],
    );
    const isNew = new Set(tables[table].map(({ name }) => basename(name)));
    merged[table] = [...kept.filter(({ name }) => !isNew.has(basename(name))), ...tables[table]].sort(
      (a, b) => (basename(a.name) < basename(b.name) ? -1 : 1),
    );
  }
  return merged;
}
