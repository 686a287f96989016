import { writeFile } from "node:fs/promises";
import { dayNumber } from "../../forecasting/calendar/day";
import { lakePaths } from "../../contracts/lake-layout";
import { storesPerBlock, type LakeSummary } from "../../forecasting/lake/schema";
import { parseIngestConfig, readIngestConfig, type IngestConfig } from "./config";
import { findInputFiles, type InputFiles } from "./input-files";
import { missingInputs, readMasters, type InputMasters } from "./input-masters";
import { Quarantine } from "./quarantine";
import { readSales, soldDays, type SalesCounts } from "./read-sales";
import { seenCodes, soldBlocks } from "./seen-codes";
import { Staging } from "./staging";
import { writeDaily, type DailyCounts } from "./write-daily";
import { writeLakeTables, type SeenCodes } from "./write-lake-tables";
import { writeStockouts } from "./write-stockouts";
import { assertApart } from "../engine/files/assert-apart";
import { asClearError } from "../engine/files/clear-error";
import { removeInside } from "../engine/files/remove-owned";
import { replaceFolder } from "../engine/files/replace-folder";
import { Database } from "../engine/duckdb/database";

export interface IngestOptions {
  /** A folder with files of all tables, or one file of sales. */
  readonly input: string;
  /** Folder of the lake; replaced as a whole. */
  readonly lake: string;
  /** No sale can be later than this ISO date. */
  readonly today: string;
  /** CSV of refused rows. @default `<lake>-quarantine.csv` */
  readonly quarantine?: string;
  /** A config object, or the path of a JSON file with one. @default built-in column names */
  readonly config?: string | object;
  /** @default the config's (0.05) */
  readonly maxRefusedShare?: number;
  readonly onProgress?: (what: "read" | "daily", done: number, all: number) => void;
}

export interface IngestReport {
  readonly summary: LakeSummary;
  readonly fileCount: number;
  /** Sales rows: read = kept + merged + refused. */
  readonly readCount: number;
  readonly keptCount: number;
  /** Repeats of a line that is kept. */
  readonly mergedCount: number;
  readonly refusedCount: number;
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** Refused rows of masters, weather, events and plans; not part of the sum above. */
  readonly refusedOtherCount: number;
  readonly returnCount: number;
  readonly lateCount: number;
  readonly stockedOutCount: number;
  readonly closedCount: number;
  readonly byteCount: number;
  readonly quarantine: string;
  readonly remarks: readonly string[];
}

/** History that the size of a block is guessed with before the sales have been read. */
const GUESSED_DAYS = 400;
const GUESSED_SKUS = 3000;

/** Turns people's files into a lake. Either the whole lake appears or none; the quarantine file appears in both cases. */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  assertApart([{ name: "the input", path: options.input }], [{ name: "the lake", path: options.lake }]);
  const config = await configOf(options);
  const files = await findInputFiles(options.input, config);
  if (files.tables.transactions.length === 0) {
    throw new Error(`${options.input}: no sales file (pos*.csv, sales*.csv.gz, 売上*.parquet, …)`);
  }
  const path = options.quarantine ?? `${options.lake}-quarantine.csv`;
  const quarantine = await Quarantine.open(path).catch((error: unknown) => {
    throw asClearError(error, path);
  });
  try {
    return await replaceFolder(options.lake, async (folder) => {
      const database = await Database.open({ memoryMegabytes: 500, spillFolder: `${folder}/spill` });
      try {
        return await fillLake(folder, { ...options, quarantine: path }, config, files, quarantine, database);
      } finally {
        database.close();
        removeInside(folder, "spill");
      }
    });
  } finally {
    await quarantine.close();
  }
}

async function configOf(options: IngestOptions): Promise<IngestConfig> {
  const config =
    typeof options.config === "string"
      ? await readIngestConfig(options.config)
      : parseIngestConfig(options.config ?? {}, "config");
  return options.maxRefusedShare === undefined
    ? config
    : { ...config, maxRefusedShare: options.maxRefusedShare };
}

async function fillLake(
  folder: string,
  options: IngestOptions & { readonly quarantine: string },
  config: IngestConfig,
  files: InputFiles,
  quarantine: Quarantine,
  database: Database,
): Promise<IngestReport> {
  const remarks = fileRemarks(files, quarantine);
  const masters = await readMasters(database, files, config, quarantine);
  const staged = `${folder}/staging`;
  const perBlock = storesPerBlock(masters.skuBook.ids.size || GUESSED_SKUS, GUESSED_DAYS);
  const refusedBefore = quarantine.refusedCount;
  const counts = await stageSales(
    options,
    config,
    files,
    quarantine,
    database,
    masters,
    staged,
    perBlock,
    remarks,
  );
  const refusedCount = quarantine.refusedCount - refusedBefore;
  checkShare(counts, refusedCount, quarantine, config, options.quarantine);
  const days = soldDays(counts, remarks);
  remarks.push(...missingInputs(files, masters.tables));
  const seen = await seenCodes(database, masters, staged, perBlock);
  await writeLakeTables(database, folder, masters, seen, days, quarantine);
  await writeStockouts(database, masters, seen, quarantine);
  const blocks = await soldBlocks(database, staged);
  const daily = await writeDaily(database, {
    stagingFolder: staged,
    lake: folder,
    blocks,
    cutoff: days.cutoff,
    infersStockouts: masters.tables.stockouts.columns.size === 0,
    onBlock: (done) => options.onProgress?.("daily", done, blocks.length),
  });
  removeInside(folder, "staging");
  if (daily.unitCount === 0) remarks.push("all sales are zero: there is nothing to learn from");
  const summary = summarise(days, seen, daily, blocks, remarks);
  await writeFile(lakePaths.summary(folder), `${JSON.stringify(summary, undefined, 2)}\n`);
  return {
    ...countsOf(counts, daily, refusedCount, quarantine),
    summary,
    fileCount: Object.values(files.tables).reduce((sum, list) => sum + list.length, 0),
    quarantine: options.quarantine,
    remarks,
  };
}

function countsOf(counts: SalesCounts, daily: DailyCounts, refusedCount: number, quarantine: Quarantine) {
  return {
    readCount: counts.readCount,
    keptCount: daily.keptCount,
    mergedCount: counts.stagedCount - daily.keptCount,
    refusedCount,
    refusedByReason: Object.fromEntries([...quarantine.reasons].sort(([a], [b]) => (a < b ? -1 : 1))),
    refusedOtherCount: quarantine.refusedCount - refusedCount,
    returnCount: counts.returnCount,
    lateCount: counts.lateCount,
    stockedOutCount: daily.stockedOutCount,
    closedCount: daily.closedCount,
    byteCount: counts.byteCount,
  };
}

function fileRemarks(files: InputFiles, quarantine: Quarantine): string[] {
  const copies = files.copies.map(({ file, of }) => `${file.name}: not read: the same bytes as ${of.name}`);
  for (const { file, of } of files.copies)
    quarantine.note(file.name, 0, `file not read: a copy of ${of.name}`, "");
  const unknown = files.unknown.map((file) => `${file.name}: not read: its name belongs to no table`);
  return [...copies, ...unknown];
}

async function stageSales(
  options: IngestOptions,
  config: IngestConfig,
  files: InputFiles,
  quarantine: Quarantine,
  database: Database,
  masters: InputMasters,
  staged: string,
  perBlock: number,
  remarks: string[],
): Promise<SalesCounts> {
  const staging = await Staging.open(database, staged, perBlock);
  const all = files.tables.transactions.reduce((sum, file) => sum + file.byteCount, 0);
  let read = 0;
  return readSales(files.tables.transactions, {
    database,
    config,
    quarantine,
    staging,
    stores: masters.storeBook,
    skus: masters.skuBook,
    today: dayNumber(options.today),
    remarks,
    onBytes: (bytes) => options.onProgress?.("read", (read += bytes), all),
  });
}

function checkShare(
  counts: SalesCounts,
  refused: number,
  quarantine: Quarantine,
  config: IngestConfig,
  path: string,
): void {
  if (refused <= config.maxRefusedShare * counts.readCount) return;
  const worst = [...quarantine.reasons].sort(([, a], [, b]) => b - a)[0];
  const percent = ((100 * refused) / counts.readCount).toFixed(1);
  throw new Error(
    `${refused} of ${counts.readCount} rows were refused (${percent} %, ${100 * config.maxRefusedShare} % are allowed), ` +
      `most for "${worst?.[0]}" (${worst?.[1]}); each one is in ${path}`,
  );
}

function summarise(
  days: { readonly firstDay: string; readonly cutoff: string },
  seen: SeenCodes,
  daily: DailyCounts,
  blocks: readonly number[],
  remarks: readonly string[],
): LakeSummary {
  return {
    source: "ingested",
    firstDay: days.firstDay,
    cutoff: days.cutoff,
    storeCount: seen.storeIds.size,
    skuCount: seen.skuIds.size,
    rowCount: daily.rowCount,
    blocks,
    hasTruth: false,
    remarks,
  };
}
