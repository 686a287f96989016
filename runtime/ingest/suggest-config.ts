import { stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { asClearError, codeOf, UserError } from "../engine/files/clear-error";
import { dayNumber } from "../../forecasting/calendar/day";
import { Database } from "../engine/duckdb/database";
import { assumedFor } from "./assortment";
import { matchCategory } from "./categories";
import { parseIngestConfig } from "./config";
import { CONFIG_FILE, configFor } from "./config-file";
import { findDateRules } from "./date-order";
import type { SalesFile } from "./sales-file";
import { findInputFiles, unreadWarnings, type InputFiles } from "./input-files";
import { matchColumns } from "./columns";
import { peek } from "./peek";
import type { SalesLayout } from "./sales-layout";
import { INPUT_TABLES, type InputColumn, type InputTableName } from "./tables";

const MOST_CATEGORIES = 200;
/** Files of a table that are looked at for categories. */
const MOST_FILES = 20;

/**
 * A commented data config, filled with what the files show, for a person to correct. It says the same as no config at
 * all until somebody changes a line.
 */
async function suggestConfig(input: string, today: string): Promise<string> {
  const config = await configFor(input, undefined).catch(() => parseIngestConfig({}, "config"));
  const database = await Database.open({ memoryMegabytes: 200 });
  try {
    const files = await findInputFiles(database, input, config);
    const starts = files.sales;
    const { common, own } = await findDateRules(database, starts, config, dayNumber(today));
    const dateOrder = own.size > 0 ? undefined : (common.order ?? common.shortOrder);
    const tables = await tableLines(database, files, starts, config);
    return [
      `# ${CONFIG_FILE}: how the files in this folder are to be read. Every key may be left out.`,
      "",
      "# Where the shops are: a time with a zone (…Z, +00:00) is a day there.",
      `timeZone: ${config.timeZone}`,
      "# Currency of prices and costs (ISO 4217).",
      `currency: ${config.currency}`,
      "# What 05/01/2026 means: auto, ymd, dmy or mdy.",
      `dateOrder: ${dateOrder ?? config.dateOrder}`,
      "# What a point in 1.080 means: auto (rejects it), point (1.08) or comma (1080; then 1,5 is 1.5); evident: 1,20 and 1.20 are",
      "# decimals, three digits after either are rejected.",
      `decimal: ${config.decimal}`,
      "# auto: 1.5 is taken and said; measured: it is taken (weights); whole: it is rejected. A day's sum is rounded. lines: every",
      "# line is one unit.",
      `quantities: ${config.quantities}`,
      "# auto, utf-8, shift_jis, euc-jp, windows-1252, utf-16le or utf-16be.",
      `encoding: ${config.encoding}`,
      '# auto, ",", ";", "|" or "\\t".',
      `delimiter: ${config.delimiter}`,
      "# Name of the one store, for files without a store column.",
      `store: ${stringify(config.store).trim()}`,
      "# Such files are those of one store, or each of files is a store of its name; auto: by their names, days and items.",
      `stores: ${config.stores}`,
      "# Name of the one item, for files without an item column.",
      config.item === undefined ? "# item: lunch" : `item: ${stringify(config.item).trim()}`,
      "# Sales before and after are left out.",
      "# firstDay: 2025-01-01",
      "# lastDay: 2026-11-23",
      "# More rejected rows than this share stop the run.",
      `maxRejectedShare: ${config.maxRejectedShare}`,
      "",
      ...(await categoryLines(database, files, config)),
      "",
      ...tables,
      ...unreadWarnings(files).map((warning) => `# ${warning.replace(/\s+/g, " ")}`),
      "",
    ].join("\n");
  } finally {
    database.close();
  }
}

/** Writes the suggested config into the data folder (beside a lone file) and says where; never over one that is there. */
export async function initConfig(input: string, today: string): Promise<string> {
  const folder = (await stat(input)).isDirectory() ? input : dirname(input);
  const path = join(folder, CONFIG_FILE);
  const text = await suggestConfig(input, today);
  await writeFile(path, text, { flag: "wx" }).catch((error: unknown) => {
    const isThere = codeOf(error) === "EEXIST";
    throw isThere ? new UserError(`${path} is there already: it is not changed`) : asClearError(error, path);
  });
  return `${path} is written: correct it; every later run over these files reads it`;
}

type Config = ReturnType<typeof parseIngestConfig>;

async function categoryLines(database: Database, files: InputFiles, config: Config): Promise<string[]> {
  const names = [...(await categoryNames(database, files, config))].slice(0, MOST_CATEGORIES);
  const comment =
    '# The chain\'s categories: drinks, food, daily or confectionery. Unknown ones are under other (daily); "*": items without one.';
  const lines = names.map((name) => {
    const { category, isKnown } = matchCategory(name, config.categories);
    return `  ${stringify(name).trim()}: ${category}${isKnown ? "" : " # not known: other"}`;
  });
  return [
    comment,
    ...(lines.length > 0 ? ["categories:", ...lines] : ["categories: {}"]),
    "",
    "# Days on the shelf, days to deliver and units a pack, where no product file says them; by category.",
    ...assumeLines(names, config),
  ];
}

/** As comments: what is assumed anyway. */
function assumeLines(names: readonly string[], config: Config): string[] {
  const all = names.length > 0 ? names : ["other"];
  return [
    "assume: {}",
    ...all.map((name) => {
      const { shelfLifeDays, leadTimeDays, packSize } = assumedFor(name, config);
      return `#  ${stringify(name).trim()}: { shelfLifeDays: ${shelfLifeDays}, leadTimeDays: ${leadTimeDays}, packSize: ${packSize} }`;
    }),
  ];
}

/** Those that the product files have, else the sales. */
async function categoryNames(database: Database, files: InputFiles, config: Config): Promise<Set<string>> {
  const names = new Set<string>();
  for (const table of ["products", "transactions"] as const) {
    if (names.size > 0) break;
    for (const file of files.tables[table].slice(0, MOST_FILES)) {
      const { header, rows } = await peek(database, file, table, config, 10_000);
      const at = header ? (matchColumns(table, header, config).positions.category ?? -1) : -1;
      for (const row of rows) if (row[at]) names.add(row[at].normalize("NFKC").trim());
    }
  }
  return names;
}

async function tableLines(
  database: Database,
  files: InputFiles,
  starts: readonly SalesFile[],
  config: Config,
): Promise<string[]> {
  const lines = [
    "# Files by name (a regular expression), and our name of each column: the header that the files have.",
    "tables:",
  ];
  for (const name of Object.keys(INPUT_TABLES) as InputTableName[]) {
    const first = files.tables[name][0];
    const sales = name === "transactions" ? starts[0] : undefined;
    const header =
      name === "transactions"
        ? sales?.start.header
        : first && (await peek(database, first, name, config, 1)).header;
    lines.push(...columnLines(name, header, files, config, sales?.layout));
  }
  return lines;
}

function columnLines(
  name: InputTableName,
  header: readonly string[] | undefined,
  files: InputFiles,
  config: Config,
  layout: SalesLayout | undefined,
): string[] {
  if (!header) return [`  # ${name}: no file`];
  const positions = layout?.positions ?? matchColumns(name, header, config).positions;
  const seen = header.map((column) => column.replace(/\s+/g, " ")).join(", ");
  const columns = Object.entries<InputColumn>(INPUT_TABLES[name].columns).map(([column, { required }]) => {
    const position = positions[column];
    const isMapped = config.tables[name]?.columns !== undefined && column in config.tables[name].columns;
    if (position === undefined)
      return `      # ${column}: ${required && !layout ? "NOT FOUND, and needed" : "not found"}`;
    // What is found anyway stays a comment: another file of the table may call it otherwise.
    return `      ${isMapped ? "" : "# "}${column}: ${stringify(header[position] ?? "").trim()}`;
  });
  // Files taken by their columns must be found again by their names.
  const pattern =
    name === "transactions" && files.salesByColumns.length > 0
      ? [`    files: ${stringify(namesPattern(files)).trim()}`]
      : [];
  const notes = (layout?.notes ?? []).map((note) => `    # ${note.replace(/\s+/g, " ")}`);
  return [`  ${name}:`, ...pattern, `    # the header has: ${seen}`, ...notes, "    columns:", ...columns];
}

function namesPattern({ salesByColumns }: InputFiles): string {
  const names = salesByColumns.map(({ name }) =>
    (name.split("/").at(-1) ?? name).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  return `^(${names.join("|")})$`;
}
