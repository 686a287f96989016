import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { SERIES_FEATURES, SERIES_SET, type SeriesLine, type SeriesSet } from "../../contracts/series-set";
import { isoDate } from "../../forecasting/calendar/day";
import { calendarDay } from "../../forecasting/calendar/japan";
import { originsOf } from "../../forecasting/evaluation/windows";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { withSpillingLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { windowsOf } from "../lake/windows-of";

export interface SeriesSetOptions {
  readonly lake: string;
  readonly category: Category;
  /** Days of all series together, at most. */
  readonly rows: number;
  /** Folder of the result (contracts/series-set.ts); replaced as a whole. */
  readonly out: string;
}

const MEMORY_MEGABYTES = 700;
/** A context of the network and a horizon: shorter series teach it nothing. */
const SEEN_DAYS_MIN = 28 + HORIZON_DAYS;
/** The container answers a series in 0.3 to 1 s and more: the hold-out of a thousand takes two processors a quarter of an hour. */
const JUDGED_SERIES = 1_000;

interface Series {
  readonly storeId: number;
  readonly skuId: number;
  readonly firstDay: number;
  /** A value a day to the cutoff; NaN where nothing is known. */
  readonly units: Float32Array;
}

/** The series that DeepAR learns from and is judged by, as files of the built-in container. */
export async function writeSeriesSet(options: SeriesSetOptions): Promise<SeriesSet> {
  const { lake, category } = options;
  const summary = await readLake(lake);
  const windows = windowsOf(lake, summary);
  const { trainTo, cutoff } = windows;
  return replaceFolder(options.out, (out) =>
    withSpillingLake(lake, { folder: out, memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const all = await readSeries(database, { category, trainTo, cutoff, rows: options.rows });
      const promoted = await promotedDays(database);
      const line = (series: Series, to: number, ahead = 0) =>
        `${JSON.stringify(lineOf(series, to, ahead, promoted))}\n`;
      const asked = all
        .slice(0, JUDGED_SERIES)
        .flatMap((series) => originsOf(windows).map((origin) => ({ series, origin })))
        .filter(({ series, origin }) => series.firstDay <= origin);
      const part = async (folder: string, lines: Iterable<string>) => {
        await mkdir(join(out, folder));
        await writeFile(join(out, folder, SERIES_SET.part), lines);
      };
      await part(
        SERIES_SET.train,
        each(all, (series) => line(series, trainTo)),
      );
      await part(
        SERIES_SET.test,
        each(all, (series) => line(series, Math.min(trainTo + HORIZON_DAYS, cutoff))),
      );
      await part(
        SERIES_SET.requests,
        each(asked, ({ series, origin }) => line(series, origin, HORIZON_DAYS)),
      );
      const keys = each(
        asked,
        ({ series, origin }) => `${series.storeId},${series.skuId},${isoDate(origin)}\n`,
      );
      await writeFile(join(out, SERIES_SET.keys), keys);
      const set: SeriesSet = { trainedTo: isoDate(trainTo), series: all.length, requests: asked.length };
      await writeFile(join(out, SERIES_SET.document), `${JSON.stringify(set, undefined, 2)}\n`);
      return set;
    }),
  );
}

function* each<T>(items: readonly T[], textOf: (item: T) => string): Generator<string> {
  for (const item of items) yield textOf(item);
}

/** As many whole series as the rows allow, in an order that has nothing to do with stores or SKUs. */
async function readSeries(
  database: Database,
  { category, trainTo, cutoff, rows }: { category: Category; trainTo: number; cutoff: number; rows: number },
): Promise<Series[]> {
  const batch = await database.columns(`
    WITH lengths AS (
      SELECT store_id, sku_id, count(*) AS days, hash(store_id * 1000003 + sku_id) AS place
      FROM daily JOIN product_codes USING (sku_id)
      WHERE category_code = ${CATEGORIES.indexOf(category)}
      GROUP BY store_id, sku_id
      HAVING count(*) FILTER (day <= DATE '${isoDate(trainTo)}' AND NOT is_closed AND NOT is_stocked_out) >= ${SEEN_DAYS_MIN}
    ), chosen AS (
      SELECT store_id, sku_id, place FROM lengths
      QUALIFY sum(days) OVER (ORDER BY place, store_id, sku_id) <= ${rows}
    )
    SELECT store_id, sku_id, day,
      (CASE WHEN NOT is_closed AND NOT is_stocked_out THEN units END)::FLOAT AS units
    FROM daily JOIN chosen USING (store_id, sku_id)
    ORDER BY place, store_id, sku_id, day`);
  const stores = columnAs(batch, "store_id", Int32Array);
  const skus = columnAs(batch, "sku_id", Int32Array);
  const days = columnAs(batch, "day", Int32Array);
  const units = columnAs(batch, "units", Float32Array);
  const all: Series[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    const [storeId, skuId] = [stores[row]!, skus[row]!];
    let series = all.at(-1);
    if (series?.storeId !== storeId || series.skuId !== skuId) {
      const firstDay = days[row]!;
      series = { storeId, skuId, firstDay, units: new Float32Array(cutoff - firstDay + 1).fill(NaN) };
      all.push(series);
    }
    series.units[days[row]! - series.firstDay] = units[row]!;
  }
  return all;
}

/** Days of an SKU's promotions as planned, by `<sku> <day>`. */
async function promotedDays(database: Database): Promise<ReadonlySet<string>> {
  const batch = await database.columns("SELECT DISTINCT sku_id, day FROM promotions");
  const [skus, days] = [columnAs(batch, "sku_id", Int32Array), columnAs(batch, "day", Int32Array)];
  return new Set(Array.from(skus, (sku, i) => `${sku} ${days[i]!}`));
}

/** @param to last day of the target; @param ahead days that the features go on */
function lineOf(
  { skuId, firstDay, units }: Series,
  to: number,
  ahead: number,
  promoted: ReadonlySet<string>,
): SeriesLine {
  const target = Array.from(units.subarray(0, to - firstDay + 1), (value) =>
    Number.isNaN(value) ? "NaN" : value,
  );
  const known = {
    holiday: (day: number) => (calendarDay(day).isHoliday ? 1 : 0),
    promoted: (day: number) => (promoted.has(`${skuId} ${day}`) ? 1 : 0),
  };
  const days = Array.from({ length: target.length + ahead }, (_, i) => firstDay + i);
  return {
    start: `${isoDate(firstDay)} 00:00:00`,
    target,
    dynamic_feat: SERIES_FEATURES.map((name) => days.map(known[name])),
  };
}
