import { isoDate } from "../../forecasting/calendar/day";
import { isEmptyCell } from "./column-values";
import type { ColumnPositions } from "./columns";
import type { RecordFile } from "./record-handler";
import type { SalesLayout, WideTable } from "./sales-layout";

type Take = (fields: readonly string[], raw?: string) => void;

/** Turns the rows of a file into lines of sales. */
export interface LineSplitter {
  /** Where the columns are in the lines. */
  readonly positions: ColumnPositions;
  /** How the lines' texts are read. */
  readonly file: RecordFile;
  readonly lines: (fields: readonly string[], take: Take) => void;
}

/** Undefined for a file whose rows are the lines as they are. */
export function lineSplitter(
  layout: SalesLayout,
  days: ReadonlyMap<string, string>,
  file: RecordFile,
): LineSplitter | undefined {
  if (layout.wide) return cellSplitter(layout, layout.wide, days, file);
  return layout.day ? withDay(layout, days, file) : undefined;
}

/** Adds a field for the day behind the others. */
function withDay(layout: SalesLayout, days: ReadonlyMap<string, string>, file: RecordFile): LineSplitter {
  const at = layout.header.length;
  const dayOf = dayReader(layout, days);
  return {
    positions: { ...layout.positions, date: at },
    file,
    lines: (fields, take) => {
      const line = fields.slice(0, at);
      // A row that is too short stays so: it is rejected for it.
      if (line.length === at) line[at] = dayOf(fields);
      take(line);
    },
  };
}

function dayReader(
  { day }: SalesLayout,
  days: ReadonlyMap<string, string>,
): (fields: readonly string[]) => string {
  if (day?.kind === "name") {
    const text = isoDate(day.day);
    return () => text;
  }
  if (day?.kind === "orders") return (fields) => days.get((fields[day.at] ?? "").trim()) ?? "";
  if (day?.kind !== "parts") return () => "";
  const [year, month, dayOfMonth] = day.at;
  const part = (text: string | undefined) => (text ?? "").trim().replace(/\.0+$/, "");
  return (fields) => `${part(fields[year])}-${part(fields[month])}-${part(fields[dayOfMonth])}`;
}

const [DATE, SKU, STORE] = [0, 1, 3];
const CELL: ColumnPositions = { date: DATE, sku: SKU, quantity: 2, store: STORE };
const ONE_STORE: ColumnPositions = { ...CELL, store: undefined };

/** A line for each cell that holds something but zero: no line is no sale. */
function cellSplitter(
  layout: SalesLayout,
  { kind, columns }: WideTable,
  days: ReadonlyMap<string, string>,
  file: RecordFile,
): LineSplitter {
  const { positions } = layout;
  const text = (fields: readonly string[], at: number | undefined) =>
    file.decode(fields[at ?? -1] ?? "") ?? "";
  const dayOf = layout.day ? dayReader(layout, days) : undefined;
  // What the columns are not for stands in the row.
  const names = columns.map(({ name }) => (kind === "numbered days" ? (days.get(name) ?? "") : name));
  const at = { items: SKU, stores: STORE, days: DATE, "numbered days": DATE }[kind];
  const item = layout.item ?? "";
  const hasStore = positions.store !== undefined || kind === "stores";
  const line = ["", "", "", "", "", ""];
  return {
    positions: { ...(hasStore ? CELL : ONE_STORE), category: 4, name: 5 },
    // Names come from the header, as text.
    file: { decode: (given) => given, readable: (given) => given },
    lines: (fields, take) => {
      if (at !== DATE) line[DATE] = dayOf ? dayOf(fields) : text(fields, positions.date);
      if (at !== SKU) line[SKU] = positions.sku === undefined ? item : text(fields, positions.sku);
      if (at !== STORE) line[STORE] = text(fields, positions.store);
      line[4] = text(fields, positions.category);
      line[5] = text(fields, positions.name);
      for (let i = 0; i < columns.length; i++) {
        const cell = fields[columns[i]!.at] ?? "";
        if (cell === "0" || isEmptyCell(cell) || Number(cell) === 0) continue;
        line[at] = names[i]!;
        line[2] = file.decode(cell) ?? cell;
        take(line, `${line[DATE]},${line[SKU]},${line[2]}`);
      }
    },
  };
}
