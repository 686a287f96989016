import type { Database } from "../engine/duckdb/database";
import { UserError } from "../engine/files/clear-error";
import { matchColumns } from "./columns";
import type { IngestConfig } from "./config";
import { dayByValues } from "./guess-day";
import { findLayout } from "./find-layout";
import type { SalesStart } from "./peek-sales";
import { readRecords } from "./read-records";
import type { SalesLayout } from "./sales-layout";
import { sameHeader } from "./same-header";
import { plainName } from "./tables";
import type { InputFile } from "./list-files";

/** A file that has the days of what sales name by a number: of orders, or of columns such as d_1. */
export interface DayTable {
  readonly file: InputFile;
  readonly header: readonly string[];
  readonly key: number;
  readonly date: number;
  /** The dates of the first rows. */
  readonly dates: readonly string[];
}

/** Days are kept in memory by number: about a hundred bytes each. */
const MOST_DAYS = 5_000_000;
const ORDER_NUMBER =
  /^(?:orders?|transactions?|receipts?|invoices?|bills?|tickets?|sales?|checks?|注文|伝票|取引|会計|レシート|売上)(?:id|no|number|num|key|code|番号|コード)$/u;

/** Reads the days by number. */
export async function readDays(
  database: Database,
  table: DayTable,
  config: IngestConfig,
): Promise<ReadonlyMap<string, string>> {
  const days = new Map<string, string>();
  await readRecords(database, table.file, config, {
    rateHeader: sameHeader(table.header),
    header: () => undefined,
    record: (fields) => {
      if (days.size >= MOST_DAYS)
        throw new UserError(
          `${table.file.name}: more than ${MOST_DAYS} orders: write the day into the lines of the sales`,
        );
      // A copy: a piece cut from a chunk would keep the whole chunk.
      days.set(` ${fields[table.key] ?? ""}`.slice(1).trim(), ` ${fields[table.date] ?? ""}`.slice(1));
    },
    broken: () => undefined,
  });
  return days;
}

/** A file with the days of the orders whose lines another one has, and how those lines are read with it. */
export function findOrders(
  lines: SalesStart,
  others: readonly SalesStart[],
  config: IngestConfig,
): { readonly layout: SalesLayout; readonly days: DayTable } | undefined {
  const { header, rows } = lines.start;
  if (!header || rows.length === 0) return undefined;
  const names = header.map(plainName);
  for (const other of others) {
    const table =
      other === lines
        ? undefined
        : dayTable(other, config, (name) => ORDER_NUMBER.test(name) && names.includes(name));
    if (!table) continue;
    const at = names.indexOf(plainName(table.header[table.key] ?? ""));
    const found = findLayout(
      [...header, "date"],
      rows.map((row) => [...row, "2000-01-01"]),
      lines.file.name,
      config,
    );
    if (!("layout" in found) || found.layout.positions.date !== header.length || found.layout.wide) continue;
    const { positions, notes } = found.layout;
    const note = `days are those of "${table.header[table.date]}" in ${table.file.name}, by "${header[at]}"`;
    // The order's number is the receipt's, whatever it is called.
    const layout = {
      ...found.layout,
      header,
      positions: { ...positions, transaction: at },
      day: { kind: "orders", at } as const,
      notes: [...notes, note],
      guesses: found.layout.guesses + 1,
    };
    return { layout, days: table };
  }
  return undefined;
}

/** A file with the days of columns that are only numbered. */
export function findCalendar(
  column: string,
  others: readonly SalesStart[],
  config: IngestConfig,
): DayTable | undefined {
  for (const other of others) {
    const at =
      other.start.rows[0]?.findIndex((_, i) => other.start.rows.some((row) => row[i]?.trim() === column)) ??
      -1;
    const table = at < 0 ? undefined : dayTable(other, config, (_, i) => i === at);
    if (table) return table;
  }
  return undefined;
}

/** Each key once, with a day. */
function dayTable(
  { file, start: { header, rows } }: SalesStart,
  config: IngestConfig,
  isKey: (plain: string, at: number) => boolean,
): DayTable | undefined {
  if (!header || rows.length === 0) return undefined;
  const key = header.findIndex((name, at) => isKey(plainName(name), at));
  const date = matchColumns("transactions", header, config).positions.date ?? dayByValues(header, rows);
  if (key < 0 || date === undefined || date === key) return undefined;
  const keys = new Set(rows.map((row) => row[key]));
  return keys.size === rows.length
    ? { file, header, key, date, dates: rows.map((row) => row[date] ?? "") }
    : undefined;
}
