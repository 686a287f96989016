import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DayTables, TargetRange } from "../../forecasting/features/kernel";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import type { BaselineState } from "../../forecasting/baseline/state";
import {
  FACTOR_DAYS,
  HISTORY_DAYS,
  PROMOTION_KEYS,
  type BaselineTables,
} from "../../forecasting/baseline/baseline-tables";
import { isoDate } from "../../forecasting/calendar/day";
import { prepareSession, readFeatureSql } from "../features/feature-session";
import { joinDayTables, loadDayTable } from "../features/load-block";
import { Database } from "../engine/duckdb/database";
import { columnAs } from "../engine/duckdb/columns";
import { createCalendar, openLakeViews } from "../lake/lake-views";
import { type Chosen, tablesOf } from "../baseline/chosen-file";
import { SqlBaseline } from "../baseline/sql-baseline";
import type { MethodTables } from "../../forecasting/methods/method-tables";
import type { Selection } from "../../forecasting/selection/select-forecasters";

const BASELINE_SQL = join(__dirname, "../../forecasting/baseline");

/** Memory for the small tables. */
const MEMORY_MEGABYTES = 300;

/** What the scoring of every block needs, computed once: a few megabytes. */
export interface ScoreTables {
  readonly range: TargetRange;
  readonly days: DayTables;
  readonly baseline: BaselineTables;
  readonly methods: MethodTables;
  /** The forecaster of each category and demand class. */
  readonly selection: Selection;
  /** When each store opens, by store_id. */
  readonly openings: Chosen["openings"];
}

/** The target days: the week after the cutoff. */
function comingWeek(cutoff: number): TargetRange {
  return { fromDay: cutoff + 1, toDay: cutoff + HORIZON_DAYS, cutoff };
}

/** Calendar, plans, weather and masters by store and day and by SKU and day; the chain's mean is filled in later. */
async function readDayTables(lake: string, range: TargetRange): Promise<DayTables> {
  const database = await Database.open({ memoryMegabytes: MEMORY_MEGABYTES });
  try {
    await prepareSession(database, lake, range);
    // sku-day.sql joins the chain's mean; reading all sales for it would double the reading.
    await database.run("CREATE TABLE chain_mean (sku_id INTEGER, day DATE, chain_mean_28 FLOAT)");
    await database.run(await readFeatureSql("sku-day"));
    await database.run(await readFeatureSql("store-day"));
    const skus = await loadDayTable(database, "sku_day", range);
    return joinDayTables(await loadDayTable(database, "store_day", range), skus, range);
  } finally {
    database.close();
  }
}

export async function readScoreTables(
  lake: string,
  cutoff: number,
  state: BaselineState,
  chosen: Chosen,
): Promise<ScoreTables> {
  const range = comingWeek(cutoff);
  const days = await readDayTables(lake, range);
  const database = await Database.open({ memoryMegabytes: MEMORY_MEGABYTES });
  try {
    await openLakeViews(database, lake);
    await new SqlBaseline(database, state.settings).load(state);
    const firstDay = cutoff - HISTORY_DAYS + 1;
    await createCalendar(database, firstDay, range.toDay);
    await database.run(`SET VARIABLE cutoff = DATE '${isoDate(cutoff)}'`);
    for (const name of ["store-days", "spread-factors"]) {
      await database.run(await readFile(join(BASELINE_SQL, `${name}.sql`), "utf8"));
    }
    return {
      range,
      days,
      baseline: await readBaselineTables(database, firstDay, days, state),
      methods: tablesOf(chosen, firstDay, range.toDay, {
        storeCount: days.storePositions.length,
        skuCount: days.skuPositions.length,
      }),
      selection: chosen.selection,
      openings: chosen.openings,
    };
  } finally {
    database.close();
  }
}

/** Reads (key, value) rows into an array that holds `fallback` elsewhere. */
async function fill(
  database: Database,
  size: number,
  fallback: number,
  sql: string,
  place: (row: Readonly<Record<"a" | "b" | "c", number>>) => number,
): Promise<Float64Array> {
  const values = new Float64Array(size).fill(fallback);
  const batch = await database.columns(
    `SELECT a::INTEGER AS a, b::INTEGER AS b, c::INTEGER AS c, value::DOUBLE AS value FROM (${sql})`,
  );
  const [a, b, c] = [
    columnAs(batch, "a", Int32Array),
    columnAs(batch, "b", Int32Array),
    columnAs(batch, "c", Int32Array),
  ];
  const value = columnAs(batch, "value", Float64Array);
  for (let i = 0; i < batch.rowCount; i++) values[place({ a: a[i]!, b: b[i]!, c: c[i]! })] = value[i]!;
  return values;
}

/** The shape of the arrays: how many stores and SKUs there are, and where each has its place. */
interface Shape {
  readonly firstDay: number;
  readonly stores: number;
  readonly skus: number;
  readonly storeAt: (row: { a: number; b: number }) => number;
  readonly skuAt: (row: { a: number }) => number;
}

const CATEGORY_COUNT = CATEGORIES.length;
const dayOf = (column: string) => `(${column} - DATE '1970-01-01')`;
const largest = (positions: Int32Array) => positions.reduce((most, at) => Math.max(most, at + 1), 0);

async function readBaselineTables(
  database: Database,
  firstDay: number,
  { storePositions, skuPositions }: DayTables,
  { settings }: BaselineState,
): Promise<BaselineTables> {
  const { olderWeight, priorDays, trendUnits } = settings;
  const shape: Shape = {
    firstDay,
    stores: largest(storePositions),
    skus: largest(skuPositions),
    storeAt: ({ a, b }) => storePositions[a]! * CATEGORY_COUNT + b,
    skuAt: ({ a }) => skuPositions[a]!,
  };
  return {
    firstDay,
    categoryCount: CATEGORY_COUNT,
    olderWeight,
    priorDays,
    trendUnits,
    storePositions,
    skuPositions,
    ...(await readStoreTables(database, shape)),
    ...(await readSkuTables(database, shape)),
  };
}

async function readStoreTables(database: Database, { firstDay, stores, storeAt }: Shape) {
  return {
    dayFactors: await fill(
      database,
      stores * CATEGORY_COUNT * FACTOR_DAYS,
      1,
      `SELECT k.store_id AS a, k.category AS b, ${dayOf("day")} AS c, k.factor * coalesce(w.factor, 1) AS value
       FROM day_factors k LEFT JOIN store_weeks w USING (store_id, category, day_type)`,
      (row) => storeAt(row) * FACTOR_DAYS + row.c - firstDay,
    ),
    storeSizes: await fill(
      database,
      stores * CATEGORY_COUNT,
      1,
      "SELECT store_id AS a, category AS b, 0 AS c, size AS value FROM store_sizes JOIN store_codes USING (store_id)",
      storeAt,
    ),
    promotionFactors: await fill(
      database,
      CATEGORY_COUNT * PROMOTION_KEYS,
      1,
      "SELECT category AS a, key AS b, 0 AS c, factor AS value FROM factors WHERE kind = 'promotion'",
      ({ a, b }) => a * PROMOTION_KEYS + b,
    ),
  };
}

async function readSkuTables(database: Database, { firstDay, skus, skuAt }: Shape) {
  const perSku = (fallback: number, sql: string) => fill(database, skus, fallback, sql, skuAt);
  return {
    categories: Int32Array.from(
      await perSku(0, "SELECT sku_id AS a, 0 AS b, 0 AS c, category_code AS value FROM product_codes"),
    ),
    skuPromotions: await perSku(
      1,
      "SELECT sku_id AS a, 0 AS b, 0 AS c, factor AS value FROM sku_promotions JOIN product_codes USING (sku_id)",
    ),
    bandRates: await perSku(
      NaN,
      `SELECT p.sku_id AS a, 0 AS b, 0 AS c, r.rate AS value
       FROM product_codes p JOIN band_rates r ON r.category = p.category_code AND r.price_band = p.price_band`,
    ),
    planFactors: await fill(
      database,
      skus * HORIZON_DAYS,
      1,
      `SELECT p.sku_id AS a, ${dayOf("k.day")} AS b, 0 AS c,
         coalesce(n.factor, 1) * if(coalesce(g.key_plan, 0) > 0, coalesce(o.factor, 1), 1) AS value
       FROM product_codes p CROSS JOIN calendar k
       LEFT JOIN planned g ON g.sku_id = p.sku_id AND g.day = k.day
       LEFT JOIN factors n ON n.kind = 'plan' AND n.category = p.category_code AND n.key = coalesce(g.key_plan, 0)
       LEFT JOIN sku_promotions o ON o.sku_id = p.sku_id
       WHERE k.day > getvariable('cutoff')`,
      (row) => skuAt(row) * HORIZON_DAYS + row.b - firstDay - HISTORY_DAYS,
    ),
  };
}
