import { isoDate, type DayNumber } from "../../forecasting/calendar/day";
import { parseDate } from "../../forecasting/calendar/parse-date";
import type { Database } from "../engine/duckdb/database";
import { findColumns } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./input-files";
import type { Quarantine } from "./quarantine";
import { readRecords } from "./read-records";
import { salesRowParser, type Refusal, type SalesRow } from "./sales-row";
import type { Staging } from "./staging";

/** Codes of a master, numbered from 1; grows when the chain has no master and its codes are learnt from the sales. */
export interface CodeBook {
  readonly ids: Map<string, number>;
  readonly isOpen: boolean;
}

export interface SalesCounts {
  readCount: number;
  stagedCount: number;
  returnCount: number;
  /** Rows more than a day older than the date in their file's name. */
  lateCount: number;
  byteCount: number;
  firstDay: DayNumber;
  lastDay: DayNumber;
}

export interface SalesContext {
  readonly database: Database;
  readonly config: IngestConfig;
  readonly quarantine: Quarantine;
  readonly staging: Staging;
  readonly stores: CodeBook;
  readonly skus: CodeBook;
  readonly today: DayNumber;
  readonly remarks: string[];
  readonly onBytes: (bytes: number) => void;
}

/** Reads the sales files one after another into the staging area. A file that cannot be read is a remark, not the end. */
export async function readSales(files: readonly InputFile[], context: SalesContext): Promise<SalesCounts> {
  const counts: SalesCounts = {
    readCount: 0,
    stagedCount: 0,
    returnCount: 0,
    lateCount: 0,
    byteCount: 0,
    firstDay: Infinity,
    lastDay: -Infinity,
  };
  for (const file of files) await readSalesFile(file, context, counts);
  await context.staging.close();
  return counts;
}

async function readSalesFile(file: InputFile, context: SalesContext, counts: SalesCounts): Promise<void> {
  const { quarantine, staging, remarks } = context;
  const row = newRow();
  const fileDay = dayInName(file.name);
  let parse: (fields: readonly string[]) => Refusal | undefined = () => undefined;
  const started = counts.readCount;
  try {
    const end = await readRecords(
      context.database,
      file,
      { ...context.config, onBytes: context.onBytes },
      {
        header: (names, { decode }) => {
          const positions = findColumns("transactions", names, context.config);
          parse = salesRowParser(positions, { today: context.today, decode }, row);
        },
        record: (fields, line, raw) => {
          counts.readCount += 1;
          const refusal = parse(fields) ?? place(row, context);
          if (refusal) quarantine.refuse(file.name, line, refusal.kind, refusal.detail, raw);
          else tally(row, fileDay, counts);
        },
        pause: async () => {
          if (staging.isFull) await staging.flush();
          await quarantine.drain();
        },
      },
    );
    counts.byteCount += end.byteCount;
    if (end.cutShort !== undefined) {
      const text = `${end.cutShort} after line ${end.lineCount}: what follows is lost, send the file again`;
      quarantine.note(file.name, end.lineCount + 1, text, "");
      remarks.push(`${file.name}: ${text}`);
    } else if (counts.readCount === started) {
      remarks.push(`${file.name}: a header and no rows`);
    }
  } catch (error) {
    if (isSystemError(error)) throw error;
    const text = error instanceof Error ? error.message : String(error);
    quarantine.note(file.name, 0, `file not read: ${text}`, "");
    remarks.push(`${file.name}: not read: ${text}`);
  }
}

/** Gives the row its numbers and stages it, or says that its store or SKU is unknown. */
function place(row: SalesRow, context: SalesContext): Refusal | undefined {
  const storeId = idOf(context.stores, row.storeKey);
  if (storeId === undefined) return { kind: "unknown store", detail: row.storeKey };
  const skuId = idOf(context.skus, row.skuKey);
  if (skuId === undefined) return { kind: "unknown SKU", detail: row.skuKey };
  context.staging.add(storeId, skuId, row);
  return undefined;
}

function idOf(book: CodeBook, code: string): number | undefined {
  const known = book.ids.get(code);
  if (known !== undefined || !book.isOpen) return known;
  const id = book.ids.size + 1;
  book.ids.set(code, id);
  return id;
}

function tally(row: SalesRow, fileDay: DayNumber | undefined, counts: SalesCounts): void {
  counts.stagedCount += 1;
  if (row.quantity < 0) counts.returnCount += 1;
  if (fileDay !== undefined && row.day < fileDay - 1) counts.lateCount += 1;
  if (row.day < counts.firstDay) counts.firstDay = row.day;
  if (row.day > counts.lastDay) counts.lastDay = row.day;
}

function newRow(): SalesRow {
  return { storeKey: "", skuKey: "", day: 0, quantity: 0, priceYen: 0, listPriceYen: 0, identity: "" };
}

/** pos_20261123.csv, sales-2026-11-23.csv.gz: the day that a file was made for. */
export function dayInName(name: string): DayNumber | undefined {
  const found = /(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)/.exec(name);
  return found ? parseDate(`${found[1]}-${found[2]}-${found[3]}`) : undefined;
}

/** Disk and permission faults end the run; what a file holds does not. */
function isSystemError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^E[A-Z]+$/.test(code);
}

/** The days between which sales were found, or an error that says why there are none. */
export function soldDays(
  counts: SalesCounts,
  remarks: readonly string[],
): { firstDay: string; cutoff: string } {
  if (counts.stagedCount === 0) {
    const why = remarks.length === 0 ? "see the quarantine file for the reasons" : remarks.join("; ");
    throw new Error(`no sale could be used: ${why}`);
  }
  return { firstDay: isoDate(counts.firstDay), cutoff: isoDate(counts.lastDay) };
}
