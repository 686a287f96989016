import { UserError } from "../engine/files/clear-error";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import type { DateRules } from "../../forecasting/calendar/parse-date";
import { lakePaths } from "../../contracts/lake-layout";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { assertApart } from "../engine/files/assert-apart";
import { removeFilePart, removeInside } from "../engine/files/remove-owned";
import { replaceFolder } from "../engine/files/replace-folder";
import { workNames } from "../engine/files/work-names";
import { Database, type DatabaseOptions, quote } from "../engine/duckdb/database";
import { withSpillFolder } from "../engine/duckdb/with-spill-folder";
import { globSafe } from "../engine/duckdb/glob-safe";
import { completeAssortment } from "./assortment";
import type { IngestConfig } from "./config";
import { configFor } from "./config-file";
import { earlierRejects } from "./earlier-rejects";
import { withDecimal } from "./decimal-evidence";
import { withCurrency } from "./currency-evidence";
import { findDateRules } from "./date-order";
import { withFractions } from "./fraction-evidence";
import { groupWarnings } from "./group-warnings";
import { findInputFiles, noSales, unreadWarnings, type InputFiles } from "./input-files";
import { missingInputs, readMasters } from "./input-masters";
import type { IngestOptions } from "./ingest-options";
import { countWarnings, reportCounts, type IngestReport } from "./ingest-report";
import { keepInputs, NO_STATE, readState, withKeptInputs, type IngestState } from "./ingest-state";
import { letterCaseWarnings } from "./letter-case";
import { lostZeroWarnings } from "./lost-zeros";
import { openSold, skuFacts } from "./open-sold";
import { planBlocks } from "./plan-blocks";
import { Quarantine, QUARANTINE_FILE } from "./quarantine";
import { sumCounts, type FileCounts } from "./sales-counts";
import { withStores } from "./stores-by-files";
import { stageSales, sumStaged, type StagedSales } from "./stage-sales";
import { keepSpan } from "./sum-sold";
import { assertNoSameSums } from "./same-sums";
import { STATE_FOLDER } from "./work-folder";
import { writeDaily, type DailyCounts } from "./write-daily";
import { writeLakeTables, type CompleteMasters, type SeenCodes } from "./write-lake-tables";
import { writeStockouts } from "./write-stockouts";
import { writeStoreDays } from "./write-store-days";

export type { IngestReport } from "./ingest-report";

/** One run's means; what every step needs. */
interface Run {
  readonly options: IngestOptions & { readonly rejected: string };
  /** The lake that is added to. */
  readonly from: string;
  readonly config: IngestConfig;
  readonly database: Database;
  readonly quarantine: Quarantine;
  readonly folder: string;
  readonly warnings: string[];
}

/** Turns people's files into a lake. Either the whole lake appears, its quarantine file inside, or none, and what was rejected lies beside it. */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const from = options.from ?? options.lake;
  assertApart([{ name: "the input", path: options.input }], [{ name: "the lake", path: options.lake }]);
  const state = options.mode === "add" ? await readState(from) : NO_STATE;
  const given = await configFor(options.input, options.config, state.config);
  const maxRejectedShare = options.maxRejectedShare ?? given.maxRejectedShare;
  const config = { ...given, maxRejectedShare };
  const rejected = options.rejected ?? workNames.rejected(options.lake);
  const files = await withDatabase({ ...options, lake: "" }, (database) =>
    findInputFiles(database, options.input, config),
  );
  if (files.tables.transactions.length === 0 && state.files.length === 0) throw noSales(options.input, files);
  const report = await replaceFolder(options.lake, (folder) =>
    withDatabase({ ...options, lake: folder }, (database) =>
      withQuarantine(folder, rejected, (quarantine) => {
        const means = { config, database, quarantine, folder, from, warnings: [] };
        return fillLake({ options: { ...options, rejected }, ...means }, files, state);
      }),
    ),
  );
  removeFilePart(rejected);
  return report;
}

/** A quarantine inside the lake that fills; of a run that fails its rows are moved out, as far as that is possible. */
async function withQuarantine<T>(
  folder: string,
  rejected: string,
  use: (quarantine: Quarantine) => Promise<T>,
): Promise<T> {
  const quarantine = await Quarantine.open(folder);
  try {
    const result = await use(quarantine);
    await quarantine.close();
    return result;
  } catch (error) {
    await quarantine.keepAt(rejected).catch(() => undefined);
    throw error;
  }
}

/** A database of its own memory; a lack of it is said with the cure. */
async function withDatabase<T>(
  { lake, memoryMegabytes = 500 }: Pick<IngestOptions, "lake" | "memoryMegabytes">,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const open = async (options: Pick<DatabaseOptions, "spillFolder">) => {
    const database = await Database.open({ memoryMegabytes, ...options });
    try {
      return await use(database);
    } catch (error) {
      throw asMemoryError(error, memoryMegabytes);
    } finally {
      database.close();
    }
  };
  return lake === "" ? open({}) : withSpillFolder(lake, (spillFolder) => open({ spillFolder }));
}

function asMemoryError(error: unknown, megabytes: number): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!/out of memory|failed to (?:allocate|pin block)|could not allocate/i.test(message)) return error;
  return new UserError(
    `the ingest needs more than the ${megabytes} MB that it may hold: set memoryMegabytes higher, or ingest the stores in several runs (${message.split("\n")[0]})`,
  );
}

async function fillLake(given: Run, found: InputFiles, state: IngestState): Promise<IngestReport> {
  const { options, database, quarantine, folder, warnings } = given;
  const isAdding = options.mode === "add";
  const tables = isAdding ? await withKeptInputs(given.from, found.tables) : found.tables;
  const files: InputFiles = { ...found, tables };
  warnings.push(...unreadWarnings(files));
  const known = new Set(state.files.map(({ name }) => name));
  if (isAdding) await quarantine.keep(earlierRejects(join(given.from, QUARANTINE_FILE)), known);
  for (const { file, of } of files.copies)
    quarantine.note(file.name, 0, `file not read: a copy of ${of.name}`, "");
  const starts = files.sales;
  const written = withCurrency(withDecimal(given.config, starts), starts, warnings);
  const readable = withStores(written, starts, warnings);
  const config = isAdding ? readable : withFractions(readable, starts);
  const run = { ...given, config };
  const masters = await readMasters(database, files, config, quarantine, state);
  const dates = await findDateRules(database, starts, config, dayNumber(options.today), warnings);
  const staged = await stageSales({ ...run, masters, dates, state }, starts);
  const counts = sumCounts(staged.files.map((file) => file.counts));
  checkCounts(run, counts);
  for (const [book, what] of [
    [masters.skuBook, "item"],
    [masters.storeBook, "store"],
  ] as const) {
    const codes = [...book.ids.keys()];
    warnings.push(...lostZeroWarnings(codes, what), ...letterCaseWarnings(codes, what));
  }
  await sumStaged(database, folder, run.from, staged);
  const names = new Map(staged.files.map(({ id, name }) => [id, name]));
  await assertNoSameSums(database, folder, names);
  const sales = await keepSpan(database, folder, config, quarantine, names);
  const days = { firstDay: isoDate(sales.span.first), cutoff: isoDate(sales.span.last) };
  const assortment = completeAssortment(masters, config);
  warnings.push(...missingInputs(files, masters, assortment));
  const complete = { ...masters, products: assortment.products };
  const { daily, seen, blocks } = await writeTables(run, complete, sales.span, days, dates.common);
  if (daily.unitCount === 0) warnings.push("all sales are zero: there is nothing to learn from");
  const report = reportCounts(counts, sales, daily, quarantine.rejectedCount - staged.rejectedNow);
  warnings.push(...countWarnings(report, sales, config.currency));
  const grouped = groupWarnings(
    warnings,
    starts.map(({ file }) => file.name),
  );
  warnings.splice(0, warnings.length, ...grouped);
  await finishState(run, files, staged);
  const summary = await writeSummary(run, days, seen, daily, blocks);
  return {
    ...report,
    currency: config.currency,
    summary,
    fileCount: Object.values(tables).reduce((sum, list) => sum + list.length, 0),
    quarantine: join(options.lake, QUARANTINE_FILE),
    warnings,
  };
}

async function writeTables(
  { options, config, database, quarantine, folder }: Run,
  masters: CompleteMasters,
  span: { readonly first: number; readonly last: number },
  days: { readonly firstDay: string; readonly cutoff: string },
  dates: DateRules,
) {
  const ids = await openSold(database, folder, masters, span);
  const plan = await planBlocks(database, ids.stores.size);
  const seen: SeenCodes = {
    storeIds: ids.stores,
    skuIds: ids.skus,
    blockOf: (code) => plan.blockOf.get(ids.stores.get(code) ?? 0) ?? 0,
    skuFacts: await skuFacts(database),
  };
  await writeLakeTables(database, folder, masters, seen, days, quarantine, config, dates);
  await writeStockouts(database, masters, seen, quarantine, dates);
  for (const name of ["products", "promotions"] as const)
    await database.run(
      `CREATE OR REPLACE TEMP VIEW ${name} AS FROM ${quote(lakePaths.master(globSafe(folder), name))}`,
    );
  const daily = await writeDaily(database, {
    lake: folder,
    blocks: plan.blocks,
    infersStockouts: masters.tables.stockouts.columns.size === 0,
    onBlock: (done) => options.onProgress?.("daily", done, plan.blocks.length),
  });
  await writeStoreDays(database, folder);
  return { daily, seen, blocks: plan.blocks.map(({ block }) => block) };
}

function checkCounts({ config, options, warnings, quarantine }: Run, counts: FileCounts): void {
  const { read, rejected, staged } = counts;
  const [kind, count] = Object.entries(counts.reasons).sort(([, a], [, b]) => b - a)[0] ?? [];
  // The first one's words say what to do about most of them.
  const example = quarantine.examples.get(kind ?? "") ?? "";
  const such = example === "" ? "" : `, such as ${example}`;
  const most = `most for "${kind}" (${count})${such}; each one is in ${options.rejected}`;
  if (rejected.rows > config.maxRejectedShare * read.rows) {
    const percent = ((100 * rejected.rows) / read.rows).toFixed(1);
    throw new UserError(
      `${rejected.rows} of ${read.rows} rows were rejected (${percent} %, ${100 * config.maxRejectedShare} % are allowed: maxRejectedShare), ${most}`,
    );
  }
  if (staged.rows > 0) return;
  const why = [...warnings, ...(rejected.rows > 0 ? [`${rejected.rows} rows were rejected, ${most}`] : [])];
  throw new UserError(`no sale could be used: ${why.join("; ")}`);
}

async function finishState(
  { options, folder }: Run,
  { tables }: InputFiles,
  staged: StagedSales,
): Promise<void> {
  if (!(options.keepsLines ?? options.mode === "add")) {
    removeInside(folder, STATE_FOLDER);
    return;
  }
  await keepInputs(folder, tables);
  await staged.write(folder);
}

async function writeSummary(
  { folder, warnings, config }: Run,
  days: { readonly firstDay: string; readonly cutoff: string },
  seen: SeenCodes,
  daily: DailyCounts,
  blocks: readonly number[],
): Promise<LakeSummary> {
  const summary: LakeSummary = {
    source: "ingested",
    firstDay: days.firstDay,
    cutoff: days.cutoff,
    storeCount: seen.storeIds.size,
    skuCount: seen.skuIds.size,
    rowCount: daily.rowCount,
    blocks,
    hasTruth: false,
    currency: config.currency,
    warnings,
  };
  await writeFile(lakePaths.summary(folder), `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}
