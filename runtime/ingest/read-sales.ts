import type { DayNumber } from "../../forecasting/calendar/day";
import { parseDate, type DateRules } from "../../forecasting/calendar/parse-date";
import { counted } from "../engine/text/counted";
import type { Database } from "../engine/duckdb/database";
import type { ColumnPositions } from "./columns";
import type { IngestConfig } from "./config";
import { folderColumns } from "./folder-columns";
import { lineSplitter, type LineSplitter } from "./line-splitter";
import { readDays } from "./day-table";
import type { SalesFile } from "./sales-file";
import { LOST_ZEROS_CURE, withZeros } from "./lost-zeros";
import type { ItemTexts } from "./masters";
import type { Quarantine } from "./quarantine";
import { readRecords } from "./read-records";
import { UnreadableInput } from "./unreadable-input";
import type { HeaderRating, RecordFile, RecordHandler } from "./record-handler";
import { sameHeader } from "./same-header";
import type { SalesLayout } from "./sales-layout";
import { countRow, noCounts, type FileCounts } from "./sales-counts";
import {
  newSalesRow,
  DISCOUNT_KIND,
  NO_SALE_KIND,
  salesRowParser,
  VOID_KIND,
  type Rejection,
  type SalesRow,
  type SalesRowParser,
} from "./sales-row";
import { storeOfFile } from "./stores-by-files";
import type { Staging } from "./staging";

/** Codes of a master, numbered from 1; grows when the chain has no master and its codes are learnt from the sales. */
export interface CodeBook {
  readonly ids: Map<string, number>;
  readonly isOpen: boolean;
  /** What the first sale of a code that no master has calls its item. */
  readonly texts?: Map<string, ItemTexts>;
}

export interface SalesContext {
  readonly database: Database;
  readonly config: IngestConfig;
  readonly quarantine: Quarantine;
  readonly staging: Staging;
  readonly stores: CodeBook;
  readonly skus: CodeBook;
  readonly today: DayNumber;
  /** How dates are read: the config says, and where it does not, the files. */
  readonly dates: DateRules;
  readonly warnings: string[];
  readonly onBytes: (bytes: number) => void;
}

/** Reads one sales file into the staging area. A file that cannot be used is a warning, not the end. */
export async function readSalesFile(
  sales: SalesFile,
  fileId: number,
  context: SalesContext,
): Promise<FileCounts> {
  const { file, layout, start } = sales;
  const reader = new SalesFileReader(sales, fileId, context);
  try {
    if (!layout) throw new Error(start.problem ?? "a header and no rows");
    if (sales.days) reader.days = await readDays(context.database, sales.days, context.config);
    const end = await readRecords(
      context.database,
      file,
      { ...context.config, onBytes: context.onBytes },
      reader,
    );
    reader.counts.byteCount = end.byteCount;
    // A name's day that most lines are before is the day of the export.
    if (reader.counts.late * 2 > reader.counts.staged.rows) reader.counts.late = 0;
    reader.warn(end);
  } catch (error) {
    if (error instanceof UnreadableInput || isSystemError(error)) throw error;
    reader.warnUnread(error instanceof Error ? error.message : String(error));
  }
  return reader.counts;
}

const NO_LAYOUT: SalesLayout = { header: [], positions: {}, guesses: 0, notes: [] };
/** What a sum of lines is called where an item or a store stands. */
const TOTAL = /^(?:合計|総合計|総計|小計|計|全店計|店計|sub-?totals?|grand totals?|totals?)$/i;
/** The same with what it is the sum of, where neither an item nor a day stands. */
const SUM_OF = /(?:計|\btotals?)$/i;
const TOTAL_KIND = "a line of totals";
const TITLE_KIND = "a line of a title";
/** Lines that are neither sold nor rejected, in words: one of them, and many. */
const LEFT_OUT: Readonly<Record<string, readonly [one: string, many: string]>> = {
  [VOID_KIND]: ["cancelled or returned line", "cancelled or returned lines"],
  [NO_SALE_KIND]: [
    "line of a visit, not of a sale (views, carts),",
    "lines of visits, not of a sale (views, carts),",
  ],
  [TOTAL_KIND]: ["line of totals", "lines of totals"],
  [TITLE_KIND]: ["line of a title", "lines of titles"],
  [DISCOUNT_KIND]: ["line of a discount", "lines of discounts"],
};

class SalesFileReader implements RecordHandler {
  public readonly counts = noCounts();
  /** Days by the number of an order or of a column. */
  public days: ReadonlyMap<string, string> = new Map();
  public readonly rateHeader: (names: readonly string[]) => HeaderRating;
  private readonly source: SalesFile["file"];
  private readonly layout: SalesLayout;
  private readonly row: SalesRow = newSalesRow();
  private readonly fileDay: DayNumber | undefined;
  /** Of lines without a store. */
  private readonly store: string;
  private parse: SalesRowParser = () => undefined;
  private positions: ColumnPositions = {};
  private columns: RecordFile = { decode: (text) => text, readable: (text) => text };
  /** Of a file whose lines are not in its rows as they are. */
  private hasPrice = false;
  private split: LineSplitter | undefined;
  private fractionCount = 0;
  private readonly leftOut: Record<string, number> = {};
  private readonly unpriced = { lines: 0, units: 0 };
  private lastStore = "";
  private lastStoreId = 0;

  public constructor(
    { file, layout }: SalesFile,
    private readonly fileId: number,
    private readonly context: SalesContext,
  ) {
    this.source = file;
    this.layout = layout ?? NO_LAYOUT;
    this.rateHeader = sameHeader(this.layout.header);
    this.fileDay = dayInName(file.name);
    this.store = storeOfFile(context.config, file.name);
  }

  public header(_names: readonly string[], file: RecordFile, skippedLines: number): void {
    const { config, today, dates, warnings } = this.context;
    this.split = lineSplitter(this.layout, this.days, file);
    this.positions = this.split?.positions ?? this.layout.positions;
    this.columns = this.split?.file ?? file;
    for (const note of this.layout.notes) warnings.push(`${this.source.name}: ${note}`);
    this.parse = salesRowParser(
      this.positions,
      {
        today,
        decode: this.columns.decode,
        readable: this.columns.readable,
        dates,
        decimal: config.decimal === "auto" && file.isTyped ? "point" : config.decimal,
        isMeasured: config.quantities !== "whole",
        isMoney: this.layout.isMoney,
        store: this.store,
        item: this.layout.item ?? config.item,
      },
      this.row,
    );
    if (skippedLines > 0)
      warnings.push(
        `${this.source.name}: ${counted(skippedLines, "line")} above the header (line ${skippedLines + 1}) left out`,
      );
    const folders = folderColumns(this.source.name).map(({ name }) => `"${name}"`);
    if (folders.length > 0)
      warnings.push(
        `${this.source.name}: ${folders.join(", ")}: read from the names of the folders where the file has no such column`,
      );
    if (this.positions.store === undefined)
      warnings.push(`${this.source.name}: no store column: all sales are those of store "${this.store}"`);
    if (this.positions.sku === undefined && (this.layout.item ?? config.item) === config.item)
      warnings.push(`${this.source.name}: no item column: all sales are those of item "${config.item}"`);
    this.hasPrice = this.positions.price !== undefined || this.positions.amount !== undefined;
    if (!this.hasPrice)
      warnings.push(`${this.source.name}: no price column: units are used, sales are not known`);
  }

  public record(fields: readonly string[], line: number, raw: string): void {
    if (this.split) this.split.lines(fields, (cells, text) => this.line(cells, line, text ?? raw));
    else this.line(fields, line, raw);
  }

  private line(fields: readonly string[], line: number, raw: string): void {
    const rejection = this.parse(fields) ?? this.place(fields, line);
    if (rejection && Object.hasOwn(LEFT_OUT, rejection.kind)) return this.leaveOut(rejection.kind, line, raw);
    if (rejection && this.isNoSale(fields, line)) return;
    countRow(this.counts, this.row, rejection?.kind);
    if (rejection) this.reject(rejection, line, this.columns.readable(raw));
    else this.tally();
  }

  public broken(kind: string, detail: string, line: number, raw: string): void {
    this.row.quantity = this.row.price = NaN;
    countRow(this.counts, this.row, kind);
    this.reject({ kind, detail }, line, raw);
  }

  public async pause(): Promise<void> {
    if (this.context.staging.isFull) await this.context.staging.flush();
    await this.context.quarantine.drain();
  }

  public warn(end: { cutShort?: string; lineCount: number; repeatedHeaders: number }): void {
    const { warnings, quarantine } = this.context;
    const { name } = this.source;
    if (end.cutShort !== undefined) {
      const text = `${end.cutShort} after line ${end.lineCount}: what follows is lost, send the file again`;
      quarantine.note(name, end.lineCount + 1, text, "");
      warnings.push(`${name}: ${text}`);
    } else if (this.counts.read.rows === 0) warnings.push(`${name}: a header and no rows`);
    if (end.repeatedHeaders > 0)
      warnings.push(
        `${name}: the header is repeated ${counted(end.repeatedHeaders, "time")}: files put together are read as one`,
      );
    if (this.fractionCount > 0 && this.context.config.quantities === "auto")
      warnings.push(
        `${name}: ${counted(this.fractionCount, "line has", "lines have")} a fraction of a unit: they are summed as they are, and the sum of a day is rounded ("quantities: whole" rejects them)`,
      );
    for (const [kind, [one, many]] of Object.entries(LEFT_OUT)) {
      const count = this.leftOut[kind] ?? 0;
      if (count > 0) warnings.push(`${name}: ${counted(count, one, many)} left out, in no figure`);
    }
    if (this.unpriced.lines > 0)
      warnings.push(
        `${name}: ${counted(this.unpriced.lines, "line")} (${counted(this.unpriced.units, "unit")}) without a price, or given away: the units count`,
      );
  }

  public warnUnread(why: string): void {
    this.context.quarantine.note(this.source.name, 0, `file not read: ${why}`, "");
    this.context.warnings.push(`${this.source.name}: not read: ${why}`);
  }

  /** A line without any value, or a sum under the columns, is no sale that was lost. */
  private isNoSale(fields: readonly string[], line: number): boolean {
    if (fields.every((field) => field.trim() === "")) return true;
    const texts = fields.map((field) => this.columns.readable(field).normalize("NFKC").trim());
    const filled = texts.filter((text) => text !== "");
    const [first = ""] = filled;
    const keys = [this.positions.sku, this.positions.date].map((at) => texts[at ?? -1] ?? "");
    if (
      filled.length === 1 &&
      fields.length > 1 &&
      first !== texts[this.positions.quantity ?? -1] &&
      !TOTAL.test(first)
    ) {
      this.leaveOut(TITLE_KIND, line, fields.join(","));
      return true;
    }
    // The label of a sum may stand where the day or the item does.
    const hasOther = keys.some((key) => key !== "" && key !== first);
    const isTotal = keys.includes("") && TOTAL.test(first);
    if (!isTotal && (hasOther || !SUM_OF.test(first))) return false;
    this.leaveOut(TOTAL_KIND, line, fields.join(","));
    return true;
  }

  private leaveOut(kind: string, line: number, raw: string): void {
    this.leftOut[kind] = (this.leftOut[kind] ?? 0) + 1;
    // Visits are most lines of their file.
    if (kind !== NO_SALE_KIND)
      this.context.quarantine.note(this.source.name, line, kind, this.columns.readable(raw));
  }

  private reject({ kind, detail }: Rejection, line: number, raw: string): void {
    this.context.quarantine.reject(this.source.name, line, kind, detail, raw);
  }

  /** Gives the row its numbers and stages it, or says that its store or SKU is unknown. */
  private place(fields: readonly string[], line: number): Rejection | undefined {
    const { stores, skus, staging } = this.context;
    const { storeKey } = this.row;
    const storeId = storeKey === this.lastStore ? this.lastStoreId : idOf(stores, storeKey);
    if (storeId === undefined) return codeRejection("store", storeKey, stores);
    this.lastStore = storeKey;
    this.lastStoreId = storeId;
    const knownCount = skus.ids.size;
    const skuId = idOf(skus, this.row.skuKey);
    if (skuId === undefined) return codeRejection("SKU", this.row.skuKey, skus);
    if (skus.ids.size > knownCount) skus.texts?.set(this.row.skuKey, this.textsOf(fields));
    staging.add(storeId, skuId, this.row, this.fileId, line);
    return undefined;
  }

  private textsOf(fields: readonly string[]): ItemTexts {
    const text = (name: string) =>
      this.columns
        .readable(fields[this.positions[name] ?? -1] ?? "")
        .normalize("NFKC")
        .trim();
    return { category: text("category"), name: text("name") };
  }

  private tally(): void {
    const { counts, row, fileDay } = this;
    if (this.hasPrice && Number.isNaN(row.price) && row.quantity !== 0) {
      this.unpriced.lines += 1;
      this.unpriced.units += row.quantity;
    }
    if (row.quantity % 1 !== 0) this.fractionCount += 1;
    if (row.quantity < 0) counts.returns += 1;
    if (fileDay !== undefined && row.day < fileDay - 1) counts.late += 1;
    if (row.day < counts.firstDay) counts.firstDay = row.day;
    if (row.day > counts.lastDay) counts.lastDay = row.day;
  }
}

/** A sum of items or stores in their place is no sale, and must not count beside them. */
function codeRejection(what: string, code: string, book: CodeBook): Rejection {
  return TOTAL.test(code) ? { kind: TOTAL_KIND, detail: code } : unknownCode(what, code, book);
}

/** Says when the master has the code with the zeros before it that a spreadsheet eats. */
function unknownCode(what: string, code: string, book: CodeBook): Rejection {
  const full = withZeros(code, (longer) => book.ids.has(longer));
  if (full === undefined) return { kind: `unknown ${what}`, detail: code };
  const detail = `${code} (the master has ${full}; ${LOST_ZEROS_CURE})`;
  return { kind: `${what} code without its leading zeros`, detail };
}

function idOf(book: CodeBook, code: string): number | undefined {
  const known = book.ids.get(code);
  if (known !== undefined || !book.isOpen || TOTAL.test(code)) return known;
  const id = book.ids.size + 1;
  book.ids.set(code, id);
  return id;
}

/** pos_20261123.csv, sales-2026-11-23.csv.gz: the day that a file was made for. */
function dayInName(name: string): DayNumber | undefined {
  const found = /(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)/.exec(name);
  return found ? parseDate(`${found[1]}-${found[2]}-${found[3]}`) : undefined;
}

/** Disk and permission faults end the run; what a file holds does not. */
function isSystemError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^E[A-Z]+$/.test(code);
}
