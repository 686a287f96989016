import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { COMPARISON_FILE } from "../../contracts/experiment";
import { type DayNumber, dayNumber, isoDate } from "../../forecasting/calendar/day";
import { type BatchSums, type Comparison, COMPARISON_SUMS } from "../../forecasting/experiment/comparison";
import {
  type ComparedPair,
  extendComparison,
  isSamePair,
} from "../../forecasting/experiment/extend-comparison";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { type NightComparison, parseComparison } from "./comparison-file";
import { type StoreSums, sumBatch, sumDay } from "./compared-sums";
import { type ComparedDay, comparedDays, listNights, type Night } from "./night-list";

export interface CompareOptions {
  readonly lake: string;
  /** Folders with a folder of forecasts a night, as batch scoring writes them, or of one night each. */
  readonly nights: readonly string[];
  /** Folder of an earlier comparison: its days are kept as they are, and later ones added. */
  readonly previous?: string;
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
export async function compareNights(options: CompareOptions): Promise<CompareReport> {
  const { lake, out } = options;
  const nights = await listNights(options.nights);
  const earlier = await readEarlier(options.previous);
  const { cutoff } = await readLake(lake);
  return replaceFolder(out, (target) =>
    withLake(lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const plans = pairsOf(nights).map((pair) => planOf(pair, nights, dayNumber(cutoff), earlier));
      const sums = new Map<string, StoreSums[]>();
      for (const day of plans.flatMap(({ days }) => days)) {
        if (!sums.has(keyOf(day))) sums.set(keyOf(day), await sumDay(database, day));
      }
      const comparisons = plans.map(({ pair, before, days, missing }) => {
        const rows = days.map((day) => ({
          day: day.day,
          stores: sums.get(keyOf(day))!.filter((row) => row.category === pair.category),
        }));
        const fresh = { ...pair, ...comparisonOf(rows, missing), cutoff };
        return before ? extendComparison(before, fresh, MOST_DAYS) : fresh;
      });
      const newest = nights.at(-1);
      const batches = newest ? await sumBatch(database, newest) : new Map<Category, BatchSums>();
      const result: NightComparison = { cutoff, comparisons, batches: Object.fromEntries(batches) };
      await writeFile(join(target, COMPARISON_FILE), `${JSON.stringify(result)}\n`);
      const days = Object.fromEntries(comparisons.map((each) => [each.category, each.days.length]));
      return { nights: nights.length, days };
    }),
  );
}

/** Of the newest night, the categories in which two versions forecast. */
function pairsOf(nights: readonly Night[]): ComparedPair[] {
  const { champion, challenger } = nights.at(-1)?.models ?? { champion: {}, challenger: {} };
  return CATEGORIES.flatMap((category) => {
    const [championVersion, challengerVersion] = [champion[category], challenger[category]];
    return championVersion === undefined ||
      challengerVersion === undefined ||
      championVersion === challengerVersion
      ? []
      : [{ category, championVersion, challengerVersion }];
  });
}

/** What is known of a pair, and the days that are to be added up. */
function planOf(
  pair: ComparedPair,
  nights: readonly Night[],
  lastDay: DayNumber,
  earlier: readonly Comparison[],
) {
  const before = earlier.find((each) => isSamePair(each, pair));
  const { days, missing } = comparedDays(nights, pair.category, lastDay);
  const fresh = days.filter(({ day }) => !before?.days.includes(isoDate(day)));
  return { pair, before, days: fresh.slice(-MOST_DAYS), missing };
}

const keyOf = ({ day, night }: ComparedDay) => `${day} ${night.cutoff}`;

async function readEarlier(folder: string | undefined): Promise<readonly Comparison[]> {
  if (folder === undefined) return [];
  const path = join(folder, COMPARISON_FILE);
  return parseComparison(await readFile(path, "utf8"), path).comparisons;
}

/** A day on which no store of the category sold or stood open is missing: its sales have not come. */
function comparisonOf(
  rows: readonly { readonly day: number; readonly stores: readonly StoreSums[] }[],
  missing: readonly number[],
): Omit<Comparison, "cutoff" | keyof ComparedPair> {
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
