import { basename } from "node:path";
import { listed } from "../engine/text/listed";
import { emptyShare, filledCells, isNumeric, type Rows } from "./column-values";
import { matchColumns, missingColumns, type ColumnPositions } from "./columns";
import type { IngestConfig } from "./config";
import { dayByValues, dayInName, dayParts } from "./guess-day";
import { guessItem } from "./guess-item";
import { guessQuantity } from "./guess-quantity";
import type { DaySource, FoundLayout, SalesLayout, WideTable } from "./sales-layout";
import { plainName } from "./tables";
import { dayColumns, itemColumns, storeColumns } from "./wide-table";

/** A column of codes that most lines leave empty tells no items apart. */
const MOST_EMPTY_CODES = 0.5;
/** A place that many lines leave empty is no store. */
const MOST_EMPTY_STORES = 0.05;
const MOST_NAMED = 8;
const LINE_TYPE = /^(?:line|row|sale|record|doc|document|order)?type$|^(?:明細|行|伝票)?(?:種別|区分)$/;

/**
 * How a file of sales is read: by the names of its columns, and where those lack the day, the item or the units, by what its
 * first rows show. What was concluded is said; where two readings would do, the problem says what to set.
 */
export function findLayout(
  header: readonly string[],
  rows: Rows,
  fileName: string,
  config: IngestConfig,
): FoundLayout {
  const { positions: named, missing, doubtful } = matchColumns("transactions", header, config);
  const problem = missingColumns("transactions", missing, doubtful, header, config);
  const mapped = config.tables.transactions?.columns ?? {};
  if (missing.some((name) => mapped[name] !== undefined)) return { problem };
  const parts = dayParts(header);
  // "Day" beside a year and a month is the day of the month.
  const isPart = parts?.kind === "parts" && named.date === parts.at[2];
  if (missing.length === 0 && !isPart)
    return refined({ header, positions: named, guesses: 0, notes: [] }, rows, config);
  const days = dayColumns(header);
  if (days && named.quantity === undefined) return wideDays(header, rows, named, days);
  const notes: string[] = [];
  const positions: Record<string, number | undefined> = { ...named };
  const day = findDay(header, rows, positions, fileName, notes);
  if (positions.date === undefined && day === undefined) return { problem };
  const hasItem = positions.sku !== undefined || config.item !== undefined;
  if (doubtful.quantity || (positions.sku === undefined && doubtful.sku)) return { problem };
  const stores = positions.quantity === undefined ? storeColumns(header, rows, positions) : undefined;
  if (stores) return { layout: wideStores(header, positions, day, stores, config, notes) };
  if (!hasItem && positions.quantity === undefined) {
    const wide = itemColumns(header, rows, positions);
    if (wide) return wideItems(header, positions, day, wide, notes);
  }
  let guesses = day || named.date === undefined ? 1 : 0;
  let item = config.item;
  let isMoney = false;
  if (!hasItem) {
    const found = guessItem(header, rows, positions);
    guesses = Math.max(guesses, found.guesses);
    notes.push(found.note);
    if ("at" in found) {
      positions.sku = found.at;
      positions.name ??= found.name;
    } else item = found.one;
  }
  if (positions.quantity === undefined) {
    const isLines = config.quantities === "lines";
    const found = isLines
      ? { at: undefined, guesses: 0, note: "every line is one unit" }
      : guessQuantity(header, rows, positions, positions.sku !== undefined);
    if (found === undefined) return { problem };
    if ("problem" in found) return found;
    positions.quantity = found.at;
    // The column of units is no amount of money.
    for (const name of ["amount", "price"])
      if (found.at !== undefined && positions[name] === found.at) positions[name] = undefined;
    guesses = Math.max(guesses, found.guesses);
    notes.push(found.note);
    isMoney = "isMoney" in found && found.isMoney === true;
  }
  const layout = {
    isMoney,
    header,
    positions,
    guesses,
    notes,
    ...(item === undefined || positions.sku !== undefined ? {} : { item }),
    ...(day ? { day } : {}),
  };
  return refined(layout, rows, config);
}

function findDay(
  header: readonly string[],
  rows: Rows,
  positions: Record<string, number | undefined>,
  fileName: string,
  notes: string[],
): DaySource | undefined {
  const parts = dayParts(header);
  if (parts && (positions.date === undefined || (parts.kind === "parts" && positions.date === parts.at[2]))) {
    positions.date = undefined;
    return parts;
  }
  if (positions.date !== undefined) return undefined;
  const at = dayByValues(header, rows);
  if (at !== undefined) {
    positions.date = at;
    for (const name of Object.keys(positions))
      if (name !== "date" && positions[name] === at) positions[name] = undefined;
    notes.push(`days are those of "${header[at]}"`);
    return undefined;
  }
  const named = dayInName(basename(fileName));
  if (named) notes.push("no date column: the day is the one in the file's name");
  return named;
}

function wideDays(
  header: readonly string[],
  rows: Rows,
  named: ColumnPositions,
  wide: NonNullable<SalesLayout["wide"]>,
): FoundLayout {
  const isDay = new Set(wide.columns.map(({ at }) => at));
  const rest = [...header.keys()].filter((at) => !isDay.has(at));
  const sku = rest.find((at) => at === named.sku) ?? rest.find((at) => !isNumeric(rows, at)) ?? rest[0];
  const store = rest.find((at) => at === named.store && at !== sku);
  const [first, last] = [wide.columns[0], wide.columns.at(-1)];
  const positions = {
    sku,
    store,
    category: rest.find((at) => at === named.category && at !== sku),
    name: rest.find((at) => at === named.name && at !== sku),
  };
  const items = sku === undefined ? "" : `, items are those of "${header[sku]}"`;
  const notes = [
    `one column a day (${first?.name} to ${last?.name})${items}: a cell is what was sold that day`,
  ];
  return {
    layout: { header, positions, wide, guesses: 1, notes, ...(sku === undefined ? { item: "all" } : {}) },
  };
}

function wideItems(
  header: readonly string[],
  found: ColumnPositions,
  day: DaySource | undefined,
  { table, beside }: { table: NonNullable<SalesLayout["wide"]>; beside: readonly string[] },
  notes: readonly string[],
): FoundLayout {
  const { date, store } = found;
  const items = listed(
    table.columns.map(({ name }) => name),
    MOST_NAMED,
  );
  const left = beside.length > 0 ? `; left out: ${listed(beside, MOST_NAMED)}` : "";
  return {
    layout: {
      header,
      positions: { date, store },
      wide: table,
      guesses: 3,
      notes: [...notes, `one column an item (${items}): a cell is what was sold of it${left}`],
      ...(day ? { day } : {}),
    },
  };
}

function wideStores(
  header: readonly string[],
  { date, sku, name, category }: ColumnPositions,
  day: DaySource | undefined,
  wide: WideTable,
  config: IngestConfig,
  notes: readonly string[],
): SalesLayout {
  const stores = `one column a store (${listed(
    wide.columns.map((column) => column.name),
    MOST_NAMED,
  )}): a cell is what it sold`;
  const item = config.item ?? "all";
  const one = sku === undefined ? [`no item column: all sales are those of one item, "${item}"`] : [];
  return {
    header,
    positions: { date, sku, name, category },
    wide,
    guesses: 2,
    notes: [...notes, stores, ...one],
    ...(sku === undefined ? { item } : {}),
    ...(day ? { day } : {}),
  };
}

/** Columns that are there and say nothing are not used. */
function refined(layout: SalesLayout, rows: Rows, config: IngestConfig): FoundLayout {
  const mapped = config.tables.transactions?.columns ?? {};
  const positions = { ...layout.positions };
  const notes = [...layout.notes];
  const { sku, store } = positions;
  if (sku !== undefined && mapped.sku === undefined && emptyShare(rows, sku) > MOST_EMPTY_CODES) {
    const free = new Set(
      Object.entries(positions)
        .filter(([name]) => !["name", "category"].includes(name))
        .map(([, at]) => at),
    );
    const other = named(layout.header, rows, free);
    if (other !== undefined) {
      positions.sku = other;
      notes.push(`"${layout.header[sku]}" is mostly empty: items are those of "${layout.header[other]}"`);
    }
  }
  if (
    store !== undefined &&
    mapped.store === undefined &&
    /location|place|場所/i.test(layout.header[store] ?? "") &&
    emptyShare(rows, store) > MOST_EMPTY_STORES
  ) {
    positions.store = undefined;
    notes.push(`"${layout.header[store]}" is empty in many lines: not taken for the store`);
  }
  // "Type" may be an item's: it is a line's where nothing else is read from it.
  const taken = new Set(Object.values(positions));
  const type = layout.header.findIndex((name, at) => LINE_TYPE.test(plainName(name)) && !taken.has(at));
  if (positions.kind === undefined && type >= 0) positions.kind = type;
  for (const at of Object.values(positions))
    if (at !== undefined && namesakes(layout.header, rows, at).length > 0)
      notes.push(
        `two columns are named "${layout.header[at]}" and differ: the first is read; rename what is not meant`,
      );
  const units = positions.quantity;
  if (units !== undefined && namesakes(layout.header, rows, units).length > 0)
    return {
      problem: `two columns are named "${layout.header[units]}" and differ: rename the one that is not what was sold`,
    };
  return { layout: { ...layout, positions, notes } };
}

/** Which other columns have the name of the one at `at`, and say something else. */
function namesakes(header: readonly string[], rows: Rows, at: number): number[] {
  const plain = header.map(plainName);
  return [...header.keys()].filter(
    (other) =>
      other !== at &&
      plain[other] === plain[at] &&
      rows.some((row) => (row[other] ?? "") !== (row[at] ?? "")),
  );
}

/** The first column of texts that is named like an item. */
function named(
  header: readonly string[],
  rows: Rows,
  taken: ReadonlySet<number | undefined>,
): number | undefined {
  const rest = header.map((name, at) => (taken.has(at) || filledCells(rows, at).length === 0 ? "" : name));
  const { positions } = matchColumns("products", rest, { tables: {} } as IngestConfig);
  return positions.sku ?? positions.name;
}
