import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import { parseDate } from "../../forecasting/calendar/parse-date";
import { filledCells } from "./column-values";
import type { SalesFile } from "./sales-file";
import type { InputFile } from "./list-files";

/** What a row of a table with one column an item stands for. */
type Grain = "hours" | "days" | "weeks" | "months";

/**
 * Leaves out files that tell the sales of another one again: a table whose days another one has too, and the same items by
 * the hour, the week or the month beside those by the day.
 */
export function withoutRepeats(sales: readonly SalesFile[]): {
  readonly kept: readonly SalesFile[];
  readonly repeats: ReadonlyMap<InputFile, string>;
} {
  const repeats = new Map<InputFile, string>();
  for (const one of sales) {
    const other = sales.find((than) => than !== one && !repeats.has(than.file) && hasDaysOf(than, one));
    if (other) repeats.set(one.file, `all its days are in ${other.file.name} too`);
    const finer = sales.find((than) => than !== one && isDaysOf(than, one));
    if (finer)
      repeats.set(
        one.file,
        `the same items by the ${grainOf(one).slice(0, -1)}: ${finer.file.name} has them by the day`,
      );
  }
  return { kept: sales.filter(({ file }) => !repeats.has(file)), repeats };
}

/** Whether `than` has all day columns of `one`, and begins with the same figures: another store's file has others. */
function hasDaysOf(than: SalesFile, one: SalesFile): boolean {
  const [a, b] = [than.layout?.wide, one.layout?.wide];
  if (!a || !/days$/.test(a.kind) || a.kind !== b?.kind) return false;
  const at = new Map(a.columns.map((column) => [column.name, column.at]));
  const [mine, theirs] = [one.start.rows[0] ?? [], than.start.rows[0] ?? []];
  const isSame = (name: string) =>
    mine[one.layout?.positions[name] ?? -1] === theirs[than.layout?.positions[name] ?? -1];
  return (
    ["sku", "store"].every(isSame) &&
    b.columns.every(({ name, at: column }) => at.has(name) && theirs[at.get(name) ?? -1] === mine[column])
  );
}

/** Whether `than` has the items of `one` by the day, and `one` by something else. */
function isDaysOf(than: SalesFile, one: SalesFile): boolean {
  const [a, b] = [than, one].map(({ layout }) => layout?.wide);
  if (a?.kind !== "items" || b?.kind !== "items") return false;
  const names = (wide: typeof a) =>
    wide.columns
      .map(({ name }) => name)
      .sort()
      .join("\n");
  return names(a) === names(b) && grainOf(than) === "days" && grainOf(one) !== "days";
}

function grainOf({ layout, start }: SalesFile): Grain {
  const at = layout?.positions.date;
  const cells = at === undefined ? [] : filledCells(start.rows, at);
  const evidence = new DateOrderEvidence(Infinity);
  for (const cell of cells) evidence.add(cell);
  const days = cells.flatMap((cell) => parseDate(cell, evidence.rules) ?? []);
  const gaps = days
    .slice(1)
    .map((day, i) => Math.abs(day - (days[i] ?? day)))
    .sort((x, y) => x - y);
  const usual = gaps[gaps.length >> 1] ?? 1;
  return usual === 0 ? "hours" : usual < 5 ? "days" : usual < 20 ? "weeks" : "months";
}
