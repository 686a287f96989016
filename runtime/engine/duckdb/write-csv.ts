import { replaceFile } from "../files/replace-file";
import { type Database, quote } from "./database";
import { type OutputColumn, registerRows } from "./write-rows";

/** Columns as a CSV file without a header, whole or not at all: what SageMaker's built-in algorithms read. NaN is an empty field. */
export async function writeCsv(
  database: Database,
  columns: readonly OutputColumn[],
  file: string,
): Promise<void> {
  const name = registerRows(
    database,
    columns.map((column) => ({ ...column, nullable: true })),
  );
  await replaceFile(file, (part) =>
    database.run(`COPY (FROM ${name}()) TO ${quote(part)} (FORMAT csv, HEADER false)`),
  );
}
