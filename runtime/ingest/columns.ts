import { UserError } from "../engine/files/clear-error";
import type { IngestConfig } from "./config";
import type { HeaderRating } from "./record-handler";
import { INPUT_TABLES, plainName, type InputColumn, type InputTableName } from "./tables";

/** Position of each of a table's columns in a file's header; undefined for an optional one that the file lacks. */
export type ColumnPositions = Readonly<Record<string, number | undefined>>;

/** Finds the columns of a table in a header; the message names all that are missing and what the file has. */
export function findColumns(
  table: InputTableName,
  header: readonly string[],
  config: IngestConfig,
): ColumnPositions {
  const { positions, missing } = matchColumns(table, header, config);
  if (missing.length > 0) throw new UserError(missingColumns(table, missing, header, config));
  return positions;
}

/** The same without an error, and which needed or mapped columns were not. */
export function matchColumns(
  table: InputTableName,
  header: readonly string[],
  config: IngestConfig,
): { readonly positions: ColumnPositions; readonly missing: readonly string[] } {
  const plain = header.map(plainName);
  const mapped: Readonly<Record<string, string>> = config.tables[table]?.columns ?? {};
  const taken = new Set<number>();
  const positions: Record<string, number | undefined> = {};
  const columns = Object.entries<InputColumn>(INPUT_TABLES[table].columns);
  // What a config names comes first, then what is needed: an optional column must not take another's header.
  const rank = ([name, column]: readonly [string, InputColumn]) =>
    mapped[name] !== undefined ? 0 : column.required ? 1 : 2;
  for (const [name, column] of [...columns].sort((a, b) => rank(a) - rank(b))) {
    const aliases = mapped[name] === undefined ? column.aliases : [mapped[name]];
    const position = aliases
      .map((alias) => plain.indexOf(plainName(alias)))
      .find((index) => index >= 0 && !taken.has(index));
    positions[name] = position;
    if (position !== undefined) taken.add(position);
  }
  const missing = columns
    .filter(
      ([name, { required }]) => positions[name] === undefined && (required || mapped[name] !== undefined),
    )
    .map(([name]) => name);
  return { positions, missing };
}

/** How well a line would do as a table's header. */
export function rateHeader(
  table: InputTableName,
  names: readonly string[],
  config: IngestConfig,
): HeaderRating {
  const { positions, missing } = matchColumns(table, names, config);
  const found = Object.values(positions).filter((position) => position !== undefined).length;
  return { found, isComplete: missing.length === 0 };
}

function missingColumns(
  table: InputTableName,
  missing: readonly string[],
  header: readonly string[],
  config: IngestConfig,
): string {
  const mapped: Readonly<Record<string, string>> = config.tables[table]?.columns ?? {};
  const columns: Readonly<Record<string, InputColumn>> = INPUT_TABLES[table].columns;
  const sought = missing.map((name) => {
    const names = mapped[name] ?? (columns[name]?.aliases ?? []).slice(0, 4).join(", ");
    return `"${name}" (looked for ${names})`;
  });
  const has =
    header.length === 1
      ? `only "${shortened(header[0] ?? "")}": is the delimiter right?`
      : header.map(shortened).join(", ");
  return `no column for ${sought.join(" and ")}; the header has ${has}`;
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
