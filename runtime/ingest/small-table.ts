import type { Database } from "../engine/duckdb/database";
import { findColumns, type ColumnPositions } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./input-files";
import type { Quarantine } from "./quarantine";
import { readRecords } from "./read-records";
import type { InputTableName } from "./tables";

/** A row of a master or a plan as texts; "" where the file has no such column or no value. */
export interface TextRow {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface SmallTable {
  readonly rows: readonly TextRow[];
  /** Rows refused while reading (bytes that are no text). */
  readonly refusedCount: number;
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
  const rows: TextRow[] = [];
  const columns = new Set<string>();
  const before = quarantine.refusedCount;
  for (const file of files) {
    let positions: ColumnPositions = {};
    let decode: (latin1: string) => string | undefined = (text) => text;
    const end = await readRecords(database, file, config, {
      header: (header, csv) => {
        positions = findColumns(table, header, config);
        decode = csv.decode;
        for (const [name, position] of Object.entries(positions))
          if (position !== undefined) columns.add(name);
      },
      record: (fields, line, raw) => {
        const values = readValues(fields, positions, decode);
        if (values) rows.push({ file: file.name, line, raw, values });
        else quarantine.refuse(file.name, line, "bytes are not valid text", "mixed encodings?", raw);
      },
    }).catch((error: unknown) => {
      throw new Error(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (end.cutShort !== undefined) throw new Error(`${file.name}: ${end.cutShort}`);
  }
  return { rows, columns, refusedCount: quarantine.refusedCount - before };
}

function readValues(
  fields: readonly string[],
  positions: ColumnPositions,
  decode: (latin1: string) => string | undefined,
): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [name, position] of Object.entries(positions)) {
    const text = decode(position === undefined ? "" : (fields[position] ?? ""));
    if (text === undefined) return undefined;
    values[name] = text.normalize("NFKC").trim();
  }
  return values;
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
    throw new Error(
      `the masters disagree on ${what} ${id}: ${differs} is "${first.values[differs]}" in ${first.file} line ${first.line} ` +
        `and "${row.values[differs]}" in ${row.file} line ${row.line}`,
    );
  }
  return [...known.values()];
}
