import { isoDate, dayNumber } from "../calendar/day";
import { type Comparison, COMPARISON_SUMS, type ComparisonSum } from "./comparison";

/** Two versions of one category's model. */
export type ComparedPair = Pick<Comparison, "category" | "championVersion" | "challengerVersion">;

export function isSamePair(a: ComparedPair, b: ComparedPair): boolean {
  return (
    a.category === b.category &&
    a.championVersion === b.championVersion &&
    a.challengerVersion === b.challengerVersion
  );
}

/**
 * A comparison with the days that came since. What earlier nights have summed up stays as it was: a sale that is corrected later
 * changes no evidence.
 *
 * @param fresh of days that `earlier` does not have
 * @param mostDays of which the last ones are kept; the counts of cells are those of all days
 */
export function extendComparison(earlier: Comparison, fresh: Comparison, mostDays: number): Comparison {
  if (!isSamePair(earlier, fresh))
    throw new Error(`${fresh.category}: two comparisons of different versions`);
  const twice = fresh.days.find((day) => earlier.days.includes(day));
  if (twice !== undefined) throw new Error(`${fresh.category}: ${twice} is in both comparisons`);
  const days = [...earlier.days, ...fresh.days].sort().slice(-mostDays);
  const stores = [...new Set([...earlier.stores, ...fresh.stores])].sort();
  const parts = [earlier, fresh].map((part) => ({
    sums: part.sums,
    rows: stores.map((store) => part.stores.indexOf(store)),
    columns: days.map((day) => part.days.indexOf(day)),
  }));
  // A day is in one part; a store or a day that a part does not have is at -1, where no matrix has a value.
  const matrix = (name: ComparisonSum) =>
    stores.map((_, s) =>
      days.map((_, d) =>
        parts.reduce((sum, { sums, rows, columns }) => sum + (sums[name][rows[s]!]?.[columns[d]!] ?? 0), 0),
      ),
    );
  const cells = Object.entries(earlier.cells).map(([name, count]) => [
    name,
    count + fresh.cells[name as keyof Comparison["cells"]],
  ]);
  return {
    ...fresh,
    stores,
    days,
    missingDays: missingDays(earlier, fresh, days),
    sums: Object.fromEntries(
      COMPARISON_SUMS.map((name) => [name, matrix(name)]),
    ) as unknown as Comparison["sums"],
    cells: Object.fromEntries(cells) as Comparison["cells"],
  };
}

/** A night that was not compared leaves a day that nobody has: it is missing too. */
function missingDays(earlier: Comparison, fresh: Comparison, days: readonly string[]): string[] {
  const known = new Set(days);
  const [first] = [...days, ...earlier.missingDays, ...fresh.missingDays].sort();
  const last = [...days, ...fresh.missingDays].sort().at(-1);
  if (first === undefined || last === undefined) return [];
  const missing: string[] = [];
  for (let day = dayNumber(first); day <= dayNumber(last); day++) {
    if (!known.has(isoDate(day))) missing.push(isoDate(day));
  }
  return missing;
}
