import { UserError } from "../engine/files/clear-error";
import { basename } from "node:path";
import type { Database } from "../engine/duckdb/database";
import { counted } from "../engine/text/counted";
import { regularExpression, type IngestConfig } from "./config";
import { CONFIG_FILE } from "./config-file";
import { findSales } from "./find-sales";
import type { SalesFile } from "./sales-file";
import { findCopies, listFiles, type InputFile, type UnreadEntry } from "./list-files";
import { peek } from "./peek";
import { INPUT_TABLES, type InputTableName } from "./tables";

export interface InputFiles {
  readonly tables: Readonly<Record<InputTableName, readonly InputFile[]>>;
  /** Files with the very bytes of another one, and that other one. */
  readonly copies: readonly { readonly file: InputFile; readonly of: InputFile }[];
  /** What was seen and is not read. */
  readonly unread: readonly UnreadEntry[];
  /** The files of `tables.transactions`, and how each is read. */
  readonly sales: readonly SalesFile[];
  /** Files taken for sales by their columns, since no file has a sales file's name. */
  readonly salesByColumns: readonly InputFile[];
}

const READABLE = /\.(csv|tsv|txt|csv\.gz|tsv\.gz|txt\.gz|parquet)$/i;
const EXPORT = "export it as CSV (in a spreadsheet: File > Save as > CSV UTF-8)";
/** What is not read, and what to do about it. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [/\.(xlsx?|xlsm|xlsb|ods|numbers)$/i, `a spreadsheet is not read: ${EXPORT}`],
  [
    /\.(zip|7z|rar|tar|tgz|tar\.gz|lzh|bz2|xz|zst)$/i,
    "an archive is not read: unpack it (single files may be .gz)",
  ],
  [/\.(json|jsonl|xml|html?|pdf|docx?)$/i, "this format is not read: CSV, TSV, CSV.gz and Parquet are"],
];
/** Masters whose files may be sales that are named after what is sold or where. */
const NAMED_AFTER = ["products", "stores"] as const;

/** Sorts a folder's files (or one file: sales) by table, in the order of their names. */
export async function findInputFiles(
  database: Database,
  input: string,
  config: IngestConfig,
): Promise<InputFiles> {
  const { files, isSingle, unread } = await listFiles(input);
  const names = Object.keys(INPUT_TABLES) as InputTableName[];
  const tables = Object.fromEntries(names.map((name) => [name, [] as InputFile[]])) as unknown as Record<
    InputTableName,
    InputFile[]
  >;
  const copies = await findCopies(files.filter(({ name }) => READABLE.test(name)));
  const copied = new Set(copies.map(({ file }) => file));
  const rest: UnreadEntry[] = [];
  const unclaimed: InputFile[] = [];
  const headerProblems = new Map<InputFile, string>();
  for (const file of files) {
    if (copied.has(file) || basename(file.name) === CONFIG_FILE) continue;
    const table = isSingle
      ? "transactions"
      : names.find((name) => patternOf(name, config).test(basename(file.name)));
    if (!READABLE.test(file.name)) rest.push({ name: file.name, why: cureOf(file.name) });
    else if (table) tables[table].push(file);
    else unclaimed.push(file);
  }
  for (const name of names) {
    if (name === "transactions") continue;
    for (const file of tables[name].filter((one) => !isMaster(one, name))) {
      const { problem } = await peek(database, file, name, config, 1);
      if (problem === undefined) continue;
      tables[name] = tables[name].filter((one) => one !== file);
      unclaimed.push(file);
      headerProblems.set(file, problem);
    }
  }
  const claimed = NAMED_AFTER.flatMap((name) => tables[name]);
  const {
    sales,
    byColumns,
    unread: problems,
  } = await findSales(database, tables.transactions, unclaimed, claimed, config);
  const isSales = new Set(sales.map(({ file }) => file));
  // The other files of a folder as it was downloaded have no names of ours either.
  const [first] = byColumns;
  const otherwise = first ? `its columns are not those of sales, which are in ${first.name}` : OTHER_NAME;
  const isRead = new Set(sales.flatMap(({ days }) => (days ? [days.file] : [])));
  for (const file of [...tables.transactions, ...unclaimed].filter(
    (one) => !isSales.has(one) && !isRead.has(one),
  ))
    rest.push({ name: file.name, why: headerProblems.get(file) ?? problems.get(file) ?? otherwise });
  for (const name of NAMED_AFTER) tables[name] = tables[name].filter((file) => !isSales.has(file));
  tables.transactions = sales.map(({ file }) => file);
  return { tables, copies, unread: [...unread, ...rest], sales, salesByColumns: byColumns };
}

/** Files that cannot be anything but a table's: what keeps one from being read stops the run. */
const ONLY_NAME =
  /^(?:stores?|shops?|products?|items?|weather|events?|promotions?|promo|stock_?outs?|stock|inventory|店舗|商品|天気|天候|気象|イベント|行事|販促|特売|欠品|在庫)(?:[_ -]?master|マスタ[ー]?|情報|一覧)?[-_ \d]*$/iu;

function isMaster({ name }: InputFile, table: InputTableName): boolean {
  const bare = basename(name).replace(READABLE, "");
  return INPUT_TABLES[table].files.test(bare) && ONLY_NAME.test(bare);
}

const OTHER_NAME =
  "its name belongs to no table (pos…, sales…, stores…, products…, weather…, events…, promotions…, stockouts…, stock…)";

function patternOf(name: InputTableName, config: IngestConfig): RegExp {
  const pattern = config.tables[name]?.files;
  return pattern === undefined ? INPUT_TABLES[name].files : regularExpression(pattern, name);
}

function cureOf(name: string): string {
  return (
    CURES.find(([pattern]) => pattern.test(name))?.[1] ??
    "only .csv, .tsv, .txt (also .gz) and .parquet are read"
  );
}

const MOST_NAMED = 20;

/** The warnings on what was not read, capped: ten thousand stray files are one line. */
export function unreadWarnings({ copies, unread, salesByColumns }: InputFiles): string[] {
  const all = [
    ...copies.map(({ file, of }) => `${file.name}: not read: the same bytes as ${of.name}`),
    ...unread.map(({ name, why }) => `${name}: not read: ${why}`),
  ];
  const more = all.length - MOST_NAMED;
  return [
    ...salesByColumns.map(({ name }) => `${name}: read as sales because of its columns`),
    ...all.slice(0, MOST_NAMED),
    ...(more > 0 ? [`${counted(more, "more file")} not read`] : []),
  ];
}

const MOST_NEAR = 5;
const MOST_FAR = 2;

/** Whether a file lacks all that sales need. */
function isFar(warning: string): boolean {
  return ["sku", "date", "quantity"].every((name) => warning.includes(`"${name}" (looked for`));
}

/** The error for an input without sales: what was looked for, and what was seen instead. */
export function noSales(input: string, files: InputFiles): UserError {
  const all = unreadWarnings(files);
  const far = all.filter(isFar);
  // Of many files those that lack least are worth a look.
  const isLong = all.length - far.length > 0 || far.length > MOST_FAR;
  const near = isLong ? all.filter((warning) => !far.includes(warning)) : all;
  const others =
    isLong && far.length > 0
      ? [`${counted(far.length, "file has", "files have")} none of these columns`]
      : [];
  const claimed = Object.entries(files.tables).flatMap(([table, { length }]) =>
    table === "transactions" || length === 0
      ? []
      : [`${counted(length, "file")} taken for ${table} by name (one of sales needs another)`],
  );
  const seen = [...near.slice(0, MOST_NEAR), ...others, ...claimed];
  const what = `${input}: no sales file (pos*.csv, sales*.csv.gz, 売上*.parquet, or any with columns for date, item and quantity)`;
  return new UserError(seen.length === 0 ? what : `${what}; ${seen.join("; ")}`);
}
