import { basename } from "node:path";
import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import { parseDate } from "../../forecasting/calendar/parse-date";
import { filledCells } from "./column-values";
import type { IngestConfig } from "./config";
import type { SalesFile } from "./sales-file";

/** Names that say what a file holds or of when it is, and not of which store. */
const NO_STORE_WORDS =
  /^(?:pos|sales?|transactions?|receipts?|data|daily|monthly|weekly|report|export|csv|\d+月?|\d+年|q[1-4]|h[12]|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)$/i;
const NO_STORE_PARTS = /売上|販売|実績|取引|日別|月別|データ|レシート|ジャーナル|\d+年|\d+月|\d+日/gu;
/** store 3, shop_12: a number that is no year. */
const NUMBERED =
  /(?:stores?|shops?|branch|outlet|till|register|店舗|支店|レジ)[ _-]?(?!20\d{2})\d{1,4}(?!\d)/iu;
/** Files that tell other parts of one store's sales. */
const PARTS_OF_A_STORE =
  /returns?|refund|correct|online|web|take ?-?(?:out|away)|eat ?-?in|deliver|lunch|dinner|morning|evening|till|register|\b(?:am|pm|old|new|part|train|test|all|total|backup|copy)\b|返品|返金|修正|訂正|追加|通販|ネット|持ち?帰|テイクアウト|イートイン|出前|宅配|朝|昼|夜|午前|午後|レジ|合計|全店|コピー/iu;

/** Share of the items of the file with fewer, among its first rows. */
const LEAST_ITEMS_SHARED = 0.3;
/** Of the first lines, where a file repeats another's receipts; the last receipt of both may be cut. */
const SAME_LINES_SHARE = 0.9;
const FEWEST_RECEIPT_LINES = 10;

const bareName = (fileName: string) =>
  basename(fileName)
    .replace(/(?:\.(?:csv|tsv|txt|parquet|gz))+$/i, "")
    .normalize("NFKC");

/** The store of a file's lines that name none. */
export function storeOfFile({ store, stores }: IngestConfig, fileName: string): string {
  return stores === "files" ? storeInName(fileName) || bareName(fileName) : store;
}

/** The store that a file is named for, without what it holds and when; "" where nothing else is in the name. */
export function storeInName(fileName: string): string {
  const bare = bareName(fileName);
  const numbered = NUMBERED.exec(bare);
  if (numbered) return numbered[0];
  const words = bare.replace(NO_STORE_PARTS, " ").split(/[\s_.()[\]-]+/);
  return words.filter((word) => word !== "" && !NO_STORE_WORDS.test(word)).join(" ");
}

/**
 * A config that says whether files without a store column are those of one store or of one each: what the config says, else
 * one each where their names are of different things, their first rows of the same days and of the same items. Months of one
 * store have other days, its departments other items. Where only the names leave it open, that is said.
 */
export function withStores(
  config: IngestConfig,
  sales: readonly SalesFile[],
  warnings: string[],
): IngestConfig {
  if (config.stores !== "auto") return config;
  const one = { ...config, stores: "one" } as const;
  const without = sales.filter(({ layout }) => layout && !hasStores(layout));
  const pair = pairOf(without);
  if (pair === undefined) return one;
  const names = without.map(({ file }) => storeInName(file.name));
  const [first, second] = pair.map(({ file }) => file.name);
  if (
    config.store !== DEFAULT_STORE ||
    without.length < sales.length ||
    names.some((name) => name === "" || PARTS_OF_A_STORE.test(name)) ||
    storeInName(first!) === storeInName(second!)
  ) {
    warnings.push(
      `${first} and ${second} have no store column and the same days and items: their units are added up as those of one store; "stores: files" in the data config makes each file a store`,
    );
    return one;
  }
  const listed = [...new Set(names)].sort();
  const more = listed.length > MOST_NAMED ? ", …" : "";
  warnings.push(
    `no store column, and files of the same days and items: each file is a store (${listed.slice(0, MOST_NAMED).join(", ")}${more}); "stores: one" in the data config adds them up`,
  );
  return { ...config, stores: "files" };
}

const DEFAULT_STORE = "1";
const MOST_NAMED = 5;
/** Files that are compared two by two. */
const MOST_COMPARED = 50;

function hasStores({ positions, wide }: NonNullable<SalesFile["layout"]>): boolean {
  return positions["store"] !== undefined || wide?.kind === "stores";
}

/** Two files whose first rows are of the same days and items. */
function pairOf(files: readonly SalesFile[]): readonly [SalesFile, SalesFile] | undefined {
  const starts = files
    .slice(0, MOST_COMPARED)
    .map((file) => ({ file, days: spanOf(file), items: itemsOf(file) }));
  for (const [i, a] of starts.entries())
    for (const b of starts.slice(i + 1)) {
      if (!a.days || !b.days || a.days.first > b.days.last || b.days.first > a.days.last) continue;
      const common = [...a.items].filter((item) => b.items.has(item)).length;
      const fewer = Math.min(a.items.size, b.items.size);
      if (fewer > 0 && common >= LEAST_ITEMS_SHARED * fewer && !isRepeat(a.file, b.file))
        return [a.file, b.file];
    }
  return undefined;
}

/** Lines of the same receipts, in whatever order: two stores may number theirs alike, but do not sell alike. */
function isRepeat(a: SalesFile, b: SalesFile): boolean {
  const [lines, others] = [receiptLines(a), new Set(receiptLines(b))];
  const same = lines.filter((line) => others.has(line)).length;
  return lines.length >= FEWEST_RECEIPT_LINES && same >= SAME_LINES_SHARE * lines.length;
}

function receiptLines({ layout, start }: SalesFile): string[] {
  const at = ["transaction", "date", "sku", "quantity"].map((name) => layout?.positions[name]);
  if (at.includes(undefined)) return [];
  return start.rows.map((row) => at.map((column) => row[column ?? -1] ?? "").join("\u0000"));
}

function itemsOf({ layout, start }: SalesFile): ReadonlySet<string> {
  if (layout?.wide?.kind === "items") return new Set(layout.wide.columns.map(({ name }) => name));
  const at = layout?.positions["sku"];
  return new Set(at === undefined ? [] : filledCells(start.rows, at));
}

function spanOf({ layout, start }: SalesFile): { first: number; last: number } | undefined {
  if (layout?.day?.kind === "name") return { first: layout.day.day, last: layout.day.day };
  const at = layout?.positions["date"];
  const texts =
    layout?.wide?.kind === "days"
      ? layout.wide.columns.map(({ name }) => name)
      : at === undefined
        ? []
        : filledCells(start.rows, at);
  const evidence = new DateOrderEvidence(Infinity);
  for (const text of texts) evidence.add(text);
  const days = texts.flatMap((text) => parseDate(text, evidence.rules) ?? []);
  return days.length === 0 ? undefined : { first: Math.min(...days), last: Math.max(...days) };
}
