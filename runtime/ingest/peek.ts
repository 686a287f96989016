import type { Database } from "../engine/duckdb/database";
import { findColumns, rateHeader } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./list-files";
import { NestedColumns, readRecords } from "./read-records";
import type { HeaderRating, RecordFile, RecordHandler } from "./record-handler";
import type { InputTableName } from "./tables";

/** The beginning of a file. */
export interface FileStart {
  readonly header?: readonly string[];
  /** The first records as texts. */
  readonly rows: readonly (readonly string[])[];
  /** Why the header will not do, or why nothing can be read. */
  readonly problem?: string;
  /** Whether the problem is no lack of names that rows could make up for. */
  readonly isFinal?: boolean;
}

/** Which line is the header. */
export interface HeaderChoice {
  readonly rate: (names: readonly string[]) => HeaderRating;
  /** Throws when it will not do. */
  readonly check: (names: readonly string[]) => void;
}

const PEEKED_ROWS = 200;
const PEEKED_BYTES = 1 << 16;

class Enough extends Error {}

/** Reads a file's header and first rows and stops. */
export async function peek(
  database: Database,
  file: InputFile,
  table: InputTableName,
  config: IngestConfig,
  mostRows = PEEKED_ROWS,
): Promise<FileStart> {
  return peekAt(database, file, config, mostRows, {
    rate: (names) => rateHeader(table, names, config),
    check: (names) => void findColumns(table, names, config),
  });
}

/** The same with a header of one's own choice. */
export async function peekAt(
  database: Database,
  file: InputFile,
  config: IngestConfig,
  mostRows: number,
  { rate, check }: HeaderChoice,
): Promise<FileStart> {
  let header: readonly string[] | undefined;
  let decode: RecordFile["decode"] = (text) => text;
  const rows: string[][] = [];
  const handler: RecordHandler = {
    rateHeader: rate,
    header: (names, columns) => {
      header = names;
      check(names);
      decode = columns.decode;
    },
    record: (fields) => {
      rows.push(fields.map((field) => decode(field) ?? ""));
      if (rows.length >= mostRows) throw new Enough();
    },
    broken: () => undefined,
  };
  try {
    await readRecords(database, file, { ...config, chunkBytes: PEEKED_BYTES }, handler);
  } catch (error) {
    if (!(error instanceof Enough))
      return {
        ...(header ? { header } : {}),
        rows,
        problem: error instanceof Error ? error.message : String(error),
        isFinal: error instanceof NestedColumns,
      };
  }
  return { ...(header ? { header } : {}), rows };
}
