import { CATEGORIES, type Category } from "../../contracts/categories";
import { isoDate } from "../../forecasting/calendar/day";
import type { BatchSums, ComparisonSum } from "../../forecasting/experiment/comparison";
import { type Database, quote } from "../engine/duckdb/database";
import { allForecasts } from "../scoring/forecast-files";
import type { ComparedDay, Night } from "./night-list";

/** Sums of one store, day and category. */
export type StoreSums = Readonly<Record<ComparisonSum, number>> & {
  readonly store: string;
  readonly category: Category;
  readonly observed: number;
  readonly stockedOut: number;
  readonly championMissing: number;
  readonly challengerMissing: number;
};

/** Days after its launch in which an item is new (contracts/model-input.ts). */
const NEW_DAYS = 28;

/** Cells are added up in thousandths as integers: sums of fractions would depend on the order of the rows. */
const SCALE = 1000;
const total = (value: string) => `(sum(round(${SCALE} * (${value}))::BIGINT) / ${SCALE})::DOUBLE`;
/** What is no number is no forecast. */
const finite = (column: string) => `CASE WHEN isfinite(${column}) THEN ${column} END`;

/**
 * Errors of both models on one day, one row per store and category. A closed store has no cell, a cell that ran out is counted
 * and left out, and a forecast that is missing is taken for 0: leaving it out would reward failing on what is hard.
 */
export function sumDay(database: Database, { day, night }: ComparedDay): Promise<StoreSums[]> {
  const date = `DATE '${isoDate(day)}'`;
  return database.rows<StoreSums>(`
    WITH forecasts AS (
      SELECT store_code, sku_code, ${finite("mean_units")} AS champion, ${finite("challenger_mean_units")} AS challenger
      FROM ${allForecasts(night.folder)} WHERE day = ${date}
    ), cells AS (
      SELECT stores.store_code AS store, products.category,
        NOT daily.is_stocked_out AS seen, daily.units::DOUBLE AS units,
        forecasts.champion, forecasts.challenger,
        coalesce(forecasts.champion, 0) - daily.units AS a,
        coalesce(forecasts.challenger, 0) - daily.units AS b,
        ${date} - products.launched_on < ${NEW_DAYS} AS is_new
      FROM daily JOIN stores USING (store_id) JOIN products USING (sku_id)
      LEFT JOIN forecasts USING (store_code, sku_code)
      WHERE daily.day = ${date} AND NOT daily.is_closed
    )
    SELECT store, category,
      ${total("CASE WHEN seen THEN units ELSE 0 END")} AS sales,
      ${total("CASE WHEN seen THEN abs(a) ELSE 0 END")} AS "championError",
      ${total("CASE WHEN seen THEN abs(b) ELSE 0 END")} AS "challengerError",
      ${total("CASE WHEN seen THEN a ELSE 0 END")} AS "championBias",
      ${total("CASE WHEN seen THEN b ELSE 0 END")} AS "challengerBias",
      ${total("CASE WHEN seen AND is_new THEN abs(a) ELSE 0 END")} AS "newItemChampionError",
      ${total("CASE WHEN seen AND is_new THEN abs(b) ELSE 0 END")} AS "newItemChallengerError",
      count(*) FILTER (seen)::INTEGER AS observed,
      count(*) FILTER (NOT seen)::INTEGER AS "stockedOut",
      count(*) FILTER (seen AND champion IS NULL)::INTEGER AS "championMissing",
      count(*) FILTER (seen AND challenger IS NULL)::INTEGER AS "challengerMissing"
    FROM cells GROUP BY store, category ORDER BY store, category`);
}

/** What a night forecasts in all, by category. */
export async function sumBatch(database: Database, night: Night): Promise<ReadonlyMap<Category, BatchSums>> {
  const rows = await database.rows<Omit<BatchSums, "night"> & { readonly category: string }>(`
    SELECT category,
      count(*)::INTEGER AS cells,
      ${total(`coalesce(${finite("mean_units")}, 0)`)} AS "championUnits",
      ${total(`coalesce(${finite("challenger_mean_units")}, 0)`)} AS "challengerUnits",
      count(*) FILTER (challenger_mean_units IS NULL)::INTEGER AS "challengerMissing",
      count(*) FILTER (NOT isfinite(challenger_mean_units) OR challenger_mean_units < 0)::INTEGER AS "challengerInvalid"
    FROM ${allForecasts(night.folder)} WHERE category IN (${CATEGORIES.map(quote).join(", ")})
    GROUP BY category ORDER BY category`);
  return new Map(
    rows.map(({ category, ...sums }) => [category as Category, { night: isoDate(night.cutoff), ...sums }]),
  );
}
