import { UserError } from "../engine/files/clear-error";
import type { Database } from "../engine/duckdb/database";
import { parseCode } from "./code-text";
import { findColumns, rateHeader, type ColumnPositions } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./list-files";
import type { Quarantine } from "./quarantine";
import { readRecords } from "./read-records";
import type { HeaderRating, RecordFile, RecordHandler } from "./record-handler";
import { INPUT_TABLES, type InputTableName } from "./tables";

/** A row of a master or a plan as texts; "" where the file has no such column or no value. */
export interface TextRow {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface SmallTable {
  readonly rows: readonly TextRow[];
  /** Rows rejected while reading. */
  readonly rejectedCount: number;
  /** Columns that at least one file has. */
  readonly columns: ReadonlySet<string>;
}

/** Reads all files of a table that fits in memory (masters, weather, events, plans). A file that cannot be read fails. */
export async function readSmallTable(
  database: Database,
  table: InputTableName,
  files: readonly InputFile[],
  config: IngestConfig,
  quarantine: Quarantine,
): Promise<SmallTable> {
  const before = quarantine.rejectedCount;
  const columns = new Set<string>();
  const rows: TextRow[] = [];
  for (const file of files) {
    const reader = new SmallFileReader(table, file, config, quarantine, rows, columns);
    const end = await readRecords(database, file, config, reader).catch((error: unknown) => {
      throw new UserError(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (end.cutShort !== undefined) throw new UserError(`${file.name}: ${end.cutShort}`);
  }
  return { rows, columns, rejectedCount: quarantine.rejectedCount - before };
}

const CODES = new Set(["store", "sku"]);

class SmallFileReader implements RecordHandler {
  private positions: ColumnPositions = {};
  private columns: RecordFile = { decode: (text) => text, readable: (text) => text };

  public constructor(
    private readonly table: InputTableName,
    private readonly file: InputFile,
    private readonly config: IngestConfig,
    private readonly quarantine: Quarantine,
    private readonly rows: TextRow[],
    private readonly found: Set<string>,
  ) {}

  public rateHeader(names: readonly string[]): HeaderRating {
    return rateHeader(this.table, names, this.config);
  }

  public header(names: readonly string[], columns: RecordFile): void {
    this.positions = findColumns(this.table, names, this.config);
    this.columns = columns;
    for (const [name, position] of Object.entries(this.positions))
      if (position !== undefined) this.found.add(name);
  }

  public record(fields: readonly string[], line: number, raw: string): void {
    if (fields.every((field) => field.trim() === "")) return;
    const readable = this.columns.readable(raw);
    const values: Record<string, string> = {};
    for (const [name, position] of Object.entries(this.positions)) {
      const text = this.columns.decode(position === undefined ? "" : (fields[position] ?? ""));
      if (text === undefined)
        return this.broken("bytes are not valid text", "mixed encodings?", line, readable);
      const value = CODES.has(name) ? parseCode(text) : text.normalize("NFKC").trim();
      if (typeof value !== "string")
        return this.broken(value.kind, `${text} (${value.cure})`, line, readable);
      values[name] = value;
    }
    // One store needs no column that says so.
    if ("store" in INPUT_TABLES[this.table].columns && this.positions.store === undefined)
      values.store = this.config.store;
    this.rows.push({ file: this.file.name, line, raw: readable, values });
  }

  public broken(kind: string, detail: string, line: number, raw: string): void {
    this.quarantine.reject(this.file.name, line, kind, detail, raw);
  }
}

/** One row per key; two rows that say different things of one key are an error that names both. */
export function uniqueRows(rows: readonly TextRow[], key: string, what: string): TextRow[] {
  const known = new Map<string, TextRow>();
  for (const row of rows) {
    const id = row.values[key] ?? "";
    const first = known.get(id);
    if (!first) {
      known.set(id, row);
      continue;
    }
    const differs = Object.keys(row.values).find((name) => row.values[name] !== first.values[name]);
    if (differs === undefined) continue;
    throw new UserError(
      `the masters disagree on ${what} ${id}: ${differs} is "${first.values[differs]}" in ${first.file} line ${first.line} ` +
        `and "${row.values[differs]}" in ${row.file} line ${row.line}`,
    );
  }
  return [...known.values()];
}
