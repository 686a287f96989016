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
  const { positions, missing, doubtful } = matchColumns(table, header, config);
  if (missing.length > 0) throw new UserError(missingColumns(table, missing, doubtful, header, config));
  return positions;
}

interface Matches {
  readonly positions: ColumnPositions;
  readonly missing: readonly string[];
  /** Headers of which more than one may be a needed column, by the column. */
  readonly doubtful: Readonly<Record<string, readonly string[]>>;
}

/** The same without an error, and which needed or mapped columns were not. */
export function matchColumns(
  table: InputTableName,
  header: readonly string[],
  config: IngestConfig,
): Matches {
  const plain = header.map(plainName);
  const mapped: Readonly<Record<string, string>> = config.tables[table]?.columns ?? {};
  const taken = new Set<number>();
  const positions: Record<string, number | undefined> = {};
  const columns = Object.entries<InputColumn>(INPUT_TABLES[table].columns);
  // What a config names comes first, then what is needed: an optional column must not take another's header.
  const rank = ([name, column]: readonly [string, InputColumn]) =>
    mapped[name] !== undefined ? 0 : column.required ? 1 : 2;
  for (const [name, column] of [...columns].sort((a, b) => rank(a) - rank(b))) {
    const position = firstOf(mapped[name] === undefined ? column.aliases : [mapped[name]], plain, taken);
    positions[name] = position;
    if (position !== undefined) taken.add(position);
  }
  const doubtful = addComposed(columns, plain, header, mapped, positions, taken);
  const isOneItem = table === "transactions" && config.item !== undefined;
  const missing = columns
    .filter(
      ([name, { required }]) =>
        positions[name] === undefined &&
        (mapped[name] !== undefined || (required && !(name === "sku" && isOneItem))),
    )
    .map(([name]) => name);
  return { positions, missing, doubtful };
}

function firstOf(
  aliases: readonly (string | RegExp)[],
  plain: readonly string[],
  taken: ReadonlySet<number>,
): number | undefined {
  for (const alias of aliases) {
    const sought = typeof alias === "string" ? plainName(alias) : alias;
    const position = [...plain.keys()].find(
      (i) =>
        !taken.has(i) && (typeof sought === "string" ? plain[i] === sought : sought.test(plain[i] ?? "")),
    );
    if (position !== undefined) return position;
  }
  return undefined;
}

/**
 * Finds what no alias has found by the words that headers are put together from; where two headers would do for a needed
 * column, none is taken.
 */
function addComposed(
  columns: readonly (readonly [string, InputColumn])[],
  plain: readonly string[],
  header: readonly string[],
  mapped: Readonly<Record<string, string>>,
  positions: Record<string, number | undefined>,
  taken: Set<number>,
): Record<string, readonly string[]> {
  const doubtful: Record<string, readonly string[]> = {};
  const sought = [...columns].sort(([, a], [, b]) => Number(b.required) - Number(a.required));
  for (const [name, { composed = [], required }] of sought) {
    if (positions[name] !== undefined || mapped[name] !== undefined) continue;
    for (const pattern of composed) {
      const found = [...plain.keys()].filter((i) => !taken.has(i) && pattern.test(plain[i] ?? ""));
      if (found.length === 0) continue;
      if (found.length > 1 && required) doubtful[name] = found.map((i) => header[i] ?? "");
      else {
        positions[name] = found[0];
        taken.add(found[0] as number);
      }
      break;
    }
  }
  return doubtful;
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

/** Says which columns were looked for in vain, and what the header has. */
export function missingColumns(
  table: InputTableName,
  missing: readonly string[],
  doubtful: Matches["doubtful"],
  header: readonly string[],
  config: IngestConfig,
): string {
  const mapped: Readonly<Record<string, string>> = config.tables[table]?.columns ?? {};
  const columns: Readonly<Record<string, InputColumn>> = INPUT_TABLES[table].columns;
  const sought = missing.map((name) => {
    if (doubtful[name])
      return `"${name}" (${doubtful[name].map(shortened).join(" or ")}? set tables.${table}.columns.${name} in the data config)`;
    const names =
      mapped[name] ??
      (columns[name]?.aliases ?? [])
        .filter((alias) => typeof alias === "string")
        .slice(0, 4)
        .join(", ");
    const oneItem =
      table === "transactions" && name === "sku"
        ? '; for files of one item set "item" in the data config'
        : "";
    return `"${name}" (looked for ${names}${oneItem})`;
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
