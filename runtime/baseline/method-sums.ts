import { CATEGORIES } from "../../contracts/categories";
import { isoDate } from "../../forecasting/calendar/day";
import {
  methodCalendar,
  type MethodTables,
  WEEKDAY_SLOTS,
  YEAR_WEEKS,
} from "../../forecasting/methods/method-tables";
import { fitSeason, SEASON_DAYS, SEASON_PRIOR_UNITS } from "../../forecasting/methods/season-factors";
import { fitWeekdays, type StoreDaySums } from "../../forecasting/methods/weekday-factors";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";

/** What the methods' tables are fitted from: sums over the whole lake, small whatever the number of rows. */
export interface MethodSums {
  readonly storeDays: StoreDaySums;
  /** Category of each sku_id. */
  readonly categories: Int32Array;
}

/** Positions of stores and SKUs are their ids. */
export async function readMethodSums(
  database: Database,
  firstDay: number,
  lastDay: number,
): Promise<MethodSums> {
  const batch = await database.columns(`
    SELECT store_id, category_code, day, sum(units)::DOUBLE AS units
    FROM daily JOIN product_codes USING (sku_id)
    WHERE NOT is_closed
    GROUP BY ALL`);
  const [stores, codes, days] = ["store_id", "category_code", "day"].map((name) =>
    columnAs(batch, name, Int32Array),
  ) as [Int32Array, Int32Array, Int32Array];
  const units = columnAs(batch, "units", Float64Array);
  const storeCount = stores.reduce((most, store) => Math.max(most, store + 1), 0);
  const dayCount = lastDay - firstDay + 1;
  const storeDays: StoreDaySums = {
    firstDay,
    dayCount,
    storeCount,
    categoryCount: CATEGORIES.length,
    units: new Float64Array(storeCount * CATEGORIES.length * dayCount),
    open: new Uint8Array(storeCount * dayCount),
  };
  for (let row = 0; row < batch.rowCount; row++) {
    const day = days[row]! - firstDay;
    const at = (stores[row]! * CATEGORIES.length + codes[row]!) * dayCount + day;
    storeDays.units[at] = units[row]!;
    storeDays.open[stores[row]! * dayCount + day] = 1;
  }
  return { storeDays, categories: await readCategories(database) };
}

async function readCategories(database: Database): Promise<Int32Array> {
  const batch = await database.columns("SELECT sku_id, category_code FROM product_codes");
  const [skus, codes] = [columnAs(batch, "sku_id", Int32Array), columnAs(batch, "category_code", Int32Array)];
  const categories = new Int32Array(skus.reduce((most, sku) => Math.max(most, sku + 1), 0));
  skus.forEach((sku, row) => (categories[sku] = codes[row]!));
  return categories;
}

/** The methods' tables as they were known on a day; rows may be asked for up to `calendarTo`. */
export async function fitMethodTables(
  database: Database,
  sums: MethodSums,
  lastDay: number,
  calendarTo: number,
  countsRanOut: boolean,
): Promise<MethodTables> {
  const known = upTo(sums.storeDays, lastDay);
  const weekdays = fitWeekdays(known);
  return {
    calendar: methodCalendar(known.firstDay, calendarTo),
    categoryCount: known.categoryCount,
    weekdays,
    seasons: known.dayCount >= SEASON_DAYS ? await fitSeasons(database, sums, known, weekdays) : undefined,
    countsRanOut,
  };
}

function upTo(sums: StoreDaySums, lastDay: number): StoreDaySums {
  const dayCount = lastDay - sums.firstDay + 1;
  const cut = <T extends Float64Array | Uint8Array>(values: T, rows: number, into: T): T => {
    for (let row = 0; row < rows; row++) {
      into.set(values.subarray(row * sums.dayCount, row * sums.dayCount + dayCount), row * dayCount);
    }
    return into;
  };
  const series = sums.storeCount * sums.categoryCount;
  return {
    ...sums,
    dayCount,
    units: cut(sums.units, series, new Float64Array(series * dayCount)),
    open: cut(sums.open, sums.storeCount, new Uint8Array(sums.storeCount * dayCount)),
  };
}

/** SKU x YEAR_WEEKS: the season of each category, then of each SKU against its category. */
async function fitSeasons(
  database: Database,
  { categories }: MethodSums,
  known: StoreDaySums,
  weekdays: Float64Array,
): Promise<Float64Array> {
  const lastDay = known.firstDay + known.dayCount - 1;
  const weeks = Math.floor(known.dayCount / 7);
  const ofCategory = CATEGORIES.map((_, code) =>
    fitSeason({ lastDay, ...categoryWeeks(known, weekdays, code, weeks) }, SEASON_PRIOR_UNITS.category),
  );
  const seasons = new Float64Array(categories.length * YEAR_WEEKS);
  categories.forEach((code, sku) => seasons.set(ofCategory[code] ?? ofCategory[0]!, sku * YEAR_WEEKS));
  for (const { sku, units, weight } of await readSkuWeeks(database, lastDay, weeks)) {
    const prior = ofCategory[categories[sku]!]!;
    seasons.set(fitSeason({ lastDay, units, weight }, SEASON_PRIOR_UNITS.item, prior), sku * YEAR_WEEKS);
  }
  return seasons;
}

function categoryWeeks(known: StoreDaySums, weekdays: Float64Array, code: number, weeks: number) {
  const { storeCount, categoryCount, dayCount, firstDay } = known;
  const calendar = methodCalendar(firstDay, firstDay + dayCount - 1);
  const units = new Float64Array(weeks);
  const weight = new Float64Array(weeks);
  for (let store = 0; store < storeCount; store++) {
    const series = store * categoryCount + code;
    for (let day = 0; day < dayCount; day++) {
      const week = Math.floor((dayCount - 1 - day) / 7);
      if (week >= weeks || known.open[store * dayCount + day] === 0) continue;
      units[week]! += known.units[series * dayCount + day]!;
      weight[week]! += weekdays[series * WEEKDAY_SLOTS + calendar.weekdays[day]!]!;
    }
  }
  return { units, weight };
}

/** Units and open store days of each SKU by week before and with `lastDay`, the newest first. */
async function readSkuWeeks(database: Database, lastDay: number, weeks: number) {
  const batch = await database.columns(`
    SELECT sku_id, ((DATE '${isoDate(lastDay)}' - day) // 7)::INTEGER AS week, sum(units)::DOUBLE AS units, count(*)::DOUBLE AS days
    FROM daily
    WHERE NOT is_closed AND day BETWEEN DATE '${isoDate(lastDay - 7 * weeks + 1)}' AND DATE '${isoDate(lastDay)}'
    GROUP BY ALL
    ORDER BY sku_id`);
  const [skus, week] = [columnAs(batch, "sku_id", Int32Array), columnAs(batch, "week", Int32Array)];
  const [units, days] = [columnAs(batch, "units", Float64Array), columnAs(batch, "days", Float64Array)];
  const all: { sku: number; units: Float64Array; weight: Float64Array }[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    if (all.at(-1)?.sku !== skus[row]) {
      all.push({ sku: skus[row]!, units: new Float64Array(weeks), weight: new Float64Array(weeks) });
    }
    const last = all.at(-1)!;
    last.units[week[row]!] = units[row]!;
    last.weight[week[row]!] = days[row]!;
  }
  return all;
}
