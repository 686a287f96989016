import type { IngestConfig } from "./config";
import { INPUT_TABLES, plainName, type InputColumn, type InputTableName } from "./tables";

/** Position of each of a table's columns in a file's header; undefined for an optional one that the file lacks. */
export type ColumnPositions = Readonly<Record<string, number | undefined>>;

/** Finds the columns of a table in a header; the message names what is missing and what the file has. */
export function findColumns(
  table: InputTableName,
  header: readonly string[],
  config: IngestConfig,
): ColumnPositions {
  const plain = header.map(plainName);
  const columns: Readonly<Record<string, InputColumn>> = INPUT_TABLES[table].columns;
  const mapped = config.tables[table]?.columns ?? {};
  const found = Object.entries(columns).map(([name, column]) => {
    const wanted = mapped[name] === undefined ? column.aliases : [mapped[name]];
    const position = wanted.map((alias) => plain.indexOf(plainName(alias))).find((index) => index >= 0);
    return [name, position] as const;
  });
  const missing = found.find(([name, position]) => position === undefined && columns[name]?.required);
  if (missing) throw new Error(missingColumn(missing[0], mapped[missing[0]], columns[missing[0]], header));
  return Object.fromEntries(found);
}

function missingColumn(
  name: string,
  mapped: string | undefined,
  column: InputColumn | undefined,
  header: readonly string[],
): string {
  const wanted = mapped ?? (column?.aliases ?? []).slice(0, 4).join(", ");
  const has = header.length === 1 ? `only "${header[0]}": is the delimiter right?` : header.join(", ");
  return `no column for "${name}" (looked for ${wanted}); the header has ${has}`;
}
