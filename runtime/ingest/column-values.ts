import { parseNumber } from "./number-text";

export type Rows = readonly (readonly string[])[];

/** What stands in a cell that says nothing. */
const EMPTY = /^(?:|-|–|—|n\/?a|nan|null|none|\\n)$/i;
const TIME_OF_DAY = /\d{1,2}[:時]\d{2}/;

export function isEmptyCell(text: string): boolean {
  return text === "" || EMPTY.test(text.trim());
}

/** What a column's cells of a file's first rows show. */
export function filledCells(rows: Rows, at: number): string[] {
  return rows.flatMap((row) => (isEmptyCell(row[at] ?? "") ? [] : [(row[at] ?? "").trim()]));
}

/** Share of the first rows in which the column says nothing. */
export function emptyShare(rows: Rows, at: number): number {
  return rows.length === 0 ? 0 : 1 - filledCells(rows, at).length / rows.length;
}

/** Whether (nearly) all filled cells are numbers, whatever the decimal mark. */
export function isNumeric(rows: Rows, at: number): boolean {
  const cells = filledCells(rows, at);
  const numbers = cells.filter(
    (cell) => parseNumber(cell, "point") !== undefined || parseNumber(cell, "comma") !== undefined,
  );
  return cells.length > 0 && numbers.length >= 0.9 * cells.length;
}

export function hasTimes(rows: Rows, at: number): boolean {
  const cells = filledCells(rows, at);
  const times = cells.filter((cell) => TIME_OF_DAY.test(cell) && !/\b0?0:00(?::00(?:\.0+)?)?\b/.test(cell));
  return cells.length > 0 && times.length >= 0.5 * cells.length;
}

/** Whether two of the first rows agree in all these columns. */
export function repeats(rows: Rows, columns: readonly (number | undefined)[]): boolean {
  const at = columns.filter((column) => column !== undefined);
  const seen = new Set(rows.map((row) => at.map((column) => row[column] ?? "").join("\u0000")));
  return seen.size < rows.length;
}
