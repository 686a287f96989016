import type { Database } from "../engine/duckdb/database";
import { findColumns, rateHeader } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./list-files";
import { readRecords } from "./read-records";
import type { RecordFile, RecordHandler } from "./record-handler";
import type { InputTableName } from "./tables";

/** The beginning of a file. */
export interface FileStart {
  readonly header?: readonly string[];
  /** The first records as texts. */
  readonly rows: readonly (readonly string[])[];
  /** Why the header will not do, or why nothing can be read. */
  readonly problem?: string;
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
  let header: readonly string[] | undefined;
  let decode: RecordFile["decode"] = (text) => text;
  const rows: string[][] = [];
  const handler: RecordHandler = {
    rateHeader: (names) => rateHeader(table, names, config),
    header: (names, columns) => {
      header = names;
      findColumns(table, names, config);
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
      };
  }
  return { ...(header ? { header } : {}), rows };
}
