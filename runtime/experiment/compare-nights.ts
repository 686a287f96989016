import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { type BatchSums, type Comparison, COMPARISON_SUMS } from "../../forecasting/experiment/comparison";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { COMPARISON_FILE, type NightComparison } from "./comparison-file";
import { type StoreSums, sumBatch, sumDay } from "./compared-sums";
import { type ComparedDay, comparedDays, listNights } from "./night-list";

export interface CompareOptions {
  readonly lake: string;
  /** Folder with a folder of forecasts a night, as batch scoring writes them. */
  readonly nights: string;
  /** Folder of the result, replaced as a whole: comparison.json. */
  readonly out: string;
}

export interface CompareReport {
  readonly nights: number;
  /** Compared days by category with two models. */
  readonly days: Readonly<Partial<Record<Category, number>>>;
}

const MEMORY_MEGABYTES = 600;
/** An experiment ends after 42 days. */
const MOST_DAYS = 60;

/** Holds every night's forecasts of champion and challenger against what was sold, by store and day. */
export async function compareNights({ lake, nights: folder, out }: CompareOptions): Promise<CompareReport> {
  const nights = await listNights(folder);
  const { cutoff } = await readLake(lake);
  return replaceFolder(out, (target) =>
    withLake(lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const plans = new Map(
        CATEGORIES.map((category) => [category, comparedDays(nights, category, dayNumber(cutoff))]),
      );
      const sums = new Map<string, StoreSums[]>();
      const needed = [...plans.values()].flatMap(({ days }) => days.slice(-MOST_DAYS));
      for (const day of new Map(needed.map((each) => [keyOf(each), each])).values()) {
        sums.set(keyOf(day), await sumDay(database, day));
      }
      const newest = nights[nights.length - 1];
      const batches = newest ? await sumBatch(database, newest) : new Map<Category, BatchSums>();
      const comparisons = CATEGORIES.flatMap((category) => {
        const champion = newest?.models.champion[category];
        const challenger = newest?.models.challenger[category];
        if (champion === undefined || challenger === undefined || champion === challenger) return [];
        const { days, missing } = plans.get(category)!;
        const rows = days.slice(-MOST_DAYS).map((day) => ({
          day: day.day,
          stores: sums.get(keyOf(day))!.filter((row) => row.category === category),
        }));
        return [
          {
            ...comparisonOf(category, rows, missing),
            cutoff,
            championVersion: champion,
            challengerVersion: challenger,
          },
        ];
      });
      const result: NightComparison = { cutoff, comparisons, batches: Object.fromEntries(batches) };
      await writeFile(join(target, COMPARISON_FILE), `${JSON.stringify(result)}\n`);
      const days = Object.fromEntries(comparisons.map((each) => [each.category, each.days.length]));
      return { nights: nights.length, days };
    }),
  );
}

const keyOf = ({ day, night }: ComparedDay) => `${day} ${night.cutoff}`;

/** A day on which no store of the category sold or stood open is missing: its sales have not come. */
function comparisonOf(
  category: Category,
  rows: readonly { readonly day: number; readonly stores: readonly StoreSums[] }[],
  missing: readonly number[],
): Omit<Comparison, "cutoff" | "championVersion" | "challengerVersion"> {
  const told = rows.filter(({ stores }) =>
    stores.some(({ observed, stockedOut }) => observed + stockedOut > 0),
  );
  const untold = rows.filter((row) => !told.includes(row)).map(({ day }) => day);
  const stores = [...new Set(told.flatMap((row) => row.stores.map(({ store }) => store)))].sort();
  const byStore = told.map((row) => new Map(row.stores.map((sums) => [sums.store, sums])));
  const matrix = (name: (typeof COMPARISON_SUMS)[number]) =>
    stores.map((store) => byStore.map((day) => day.get(store)?.[name] ?? 0));
  const count = (name: "observed" | "stockedOut" | "championMissing" | "challengerMissing") =>
    told.reduce((all, row) => all + row.stores.reduce((sum, each) => sum + each[name], 0), 0);
  return {
    category,
    stores,
    days: told.map(({ day }) => isoDate(day)),
    missingDays: [...missing, ...untold].sort((a, b) => a - b).map(isoDate),
    sums: Object.fromEntries(
      COMPARISON_SUMS.map((name) => [name, matrix(name)] as const),
    ) as unknown as Comparison["sums"],
    cells: {
      observed: count("observed"),
      stockedOut: count("stockedOut"),
      championMissing: count("championMissing"),
      challengerMissing: count("challengerMissing"),
    },
  };
}
