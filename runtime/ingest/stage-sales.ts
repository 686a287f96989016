import { mkdir, readdir } from "node:fs/promises";
import { basename } from "node:path";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { globSafe } from "../engine/duckdb/glob-safe";
import { quote, type Database } from "../engine/duckdb/database";
import { counted } from "../engine/text/counted";
import type { IngestConfig } from "./config";
import type { FoundDates } from "./date-order";
import type { IngestOptions } from "./ingest-options";
import type { InputMasters } from "./input-masters";
import { takeOver, writeState, type IngestState, type KnownFile } from "./ingest-state";
import type { SalesFile } from "./sales-file";
import { digestOf } from "./list-files";
import type { Quarantine } from "./quarantine";
import { readSalesFile } from "./read-sales";
import { Staging, STORE_GROUP } from "./staging";
import { lineGroups, SUMS_OPTIONS, sumSold } from "./sum-sold";
import { workPaths } from "./work-folder";

export interface StageContext {
  readonly options: IngestOptions;
  readonly config: IngestConfig;
  readonly database: Database;
  readonly quarantine: Quarantine;
  readonly folder: string;
  /** The lake that is added to. */
  readonly from: string;
  readonly warnings: string[];
  readonly masters: InputMasters;
  readonly dates: FoundDates;
  readonly state: IngestState;
}

/** The lines of all files, those of earlier runs included. */
export interface StagedSales {
  readonly files: readonly KnownFile[];
  /** Number of the first file that this run has read. */
  readonly firstNew: number;
  readonly isAdding: boolean;
  /** Rows that this run has rejected. */
  readonly rejectedNow: number;
  /** Writes down what the lake was made from. */
  readonly write: (folder: string) => Promise<void>;
}

/** Reads the sales files that the lake does not know yet. */
export async function stageSales(context: StageContext, files: readonly SalesFile[]): Promise<StagedSales> {
  const { options, database, folder, state } = context;
  const isAdding = options.mode === "add";
  if (isAdding) {
    await takeOver(workPaths.lines(context.from), workPaths.lines(folder));
    await takeOver(workPaths.inputs(context.from), workPaths.inputs(folder));
  }
  const staging = await Staging.open(database, workPaths.lines(folder), state.parts);
  const added = await readNewFiles(context, files, staging, isAdding || options.keepsLines === true);
  await staging.close();
  const everything = [...state.files, ...added];
  return {
    files: everything,
    firstNew: state.files.length + 1,
    isAdding,
    rejectedNow: added.reduce((sum, { counts }) => sum + counts.rejected.rows, 0),
    write: (target) => {
      const { storeBook, skuBook } = context.masters;
      return writeState(target, {
        config: context.config,
        files: everything,
        stores: [...storeBook.ids.keys()],
        skus: [...skuBook.ids.keys()],
        texts: Object.fromEntries(skuBook.texts ?? []),
        parts: staging.partCount,
      });
    },
  };
}

/** Reads the files that the lake does not hold, compared by digest, into the staging area. */
async function readNewFiles(
  context: StageContext,
  files: readonly SalesFile[],
  staging: Staging,
  needsDigest: boolean,
): Promise<KnownFile[]> {
  const { options, state, warnings } = context;
  const known = new Map(state.files.map((file) => [file.sha256, file]));
  const namesBefore = new Set(state.files.map(({ name }) => basename(name)));
  const all = files.reduce((sum, { file }) => sum + file.byteCount, 0);
  const added: KnownFile[] = [];
  let [read, unchanged] = [0, 0];
  for (const sales of files) {
    const { file } = sales;
    const sha256 = needsDigest ? await digestOf(file) : "";
    const before = known.get(sha256);
    if (needsDigest && before) {
      if (basename(before.name) === basename(file.name)) unchanged += 1;
      else warnings.push(`${file.name}: not read: the lake has it already (${before.name})`);
      continue;
    }
    if (namesBefore.has(basename(file.name)))
      warnings.push(
        `${file.name}: the lake has another file of this name, and keeps its lines: to replace them, read all files again`,
      );
    const id = state.files.length + 1 + added.length;
    const counts = await readSalesFile(sales, id, {
      ...context,
      staging,
      stores: context.masters.storeBook,
      skus: context.masters.skuBook,
      today: dayNumber(options.today),
      dates: context.dates.own.get(file.name) ?? context.dates.common,
      onBytes: (bytes) => options.onProgress?.("read", (read += bytes), all),
    });
    const entry = { id, name: file.name, sha256, counts };
    added.push(entry);
    if (needsDigest) known.set(sha256, entry);
  }
  if (unchanged > 0) warnings.push(`${counted(unchanged, "file")} not read: in the lake already`);
  return added;
}

/** Sums what was staged to days. Adding to a lake sums only the days of the new lines again, with all lines of those days. */
export async function sumStaged(
  database: Database,
  folder: string,
  oldLake: string,
  staged: StagedSales,
): Promise<void> {
  const groups = await lineGroups(database, folder);
  if (!staged.isAdding) return sumSold(database, folder, groups);
  const days = await newDays(database, folder, staged.firstNew);
  for (const group of groups) {
    const touched = days.filter(({ stores }) => stores === group.group).map(({ day }) => isoDate(day));
    const [from, to] = [workPaths.sold(oldLake, group.group), workPaths.sold(folder, group.group)];
    if (touched.length === 0) await takeOver(from, to);
    else {
      await keepOtherDays(database, from, to, touched);
      await sumSold(database, folder, [group], touched);
    }
  }
}

function newDays(database: Database, folder: string, firstNew: number) {
  return database.rows<{ stores: number; day: number }>(`
    SELECT DISTINCT ${STORE_GROUP} AS stores, day - DATE '1970-01-01' AS day
    FROM read_parquet(${quote(workPaths.linesOf(folder, "*"))}, hive_partitioning = false)
    WHERE file_id >= ${firstNew} ORDER BY ALL`);
}

async function keepOtherDays(
  database: Database,
  from: string,
  to: string,
  days: readonly string[],
): Promise<void> {
  await mkdir(to, { recursive: true });
  const old = await readdir(from).catch(() => []);
  if (old.length === 0) return;
  const list = days.map((day) => `DATE ${quote(day)}`).join(", ");
  await database.run(`
    COPY (FROM read_parquet(${quote(`${globSafe(from)}/*.parquet`)}, hive_partitioning = false) WHERE day NOT IN (${list}))
      TO ${quote(`${to}/kept.parquet`)} (${SUMS_OPTIONS})`);
}
