import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { writeNightModels } from "../../../runtime/scoring/night-models";
import { CHALLENGER, CHAMPION } from "../../forecasting/experiment/support";

export const FIRST_DAY = "2026-09-01";

export interface SmallWorld {
  readonly stores: number;
  readonly days: number;
  /** Sales of a store and SKU on a day, counted from 0. */
  readonly units?: string;
  readonly isStockedOut?: string;
  readonly isClosed?: string;
}

/** A lake of two drinks and one food in some stores, made by DuckDB alone; expressions are SQL over s, k and t. */
export async function makeLake(lake: string, world: SmallWorld): Promise<void> {
  const { stores, days, units = "5 + (s * 7 + k * 3 + t * 5) % 6" } = world;
  const database = await Database.open();
  const copy = (name: string, sql: string) =>
    database.run(`COPY (${sql}) TO ${quote(join(lake, name))} (FORMAT parquet)`);
  mkdirSync(join(lake, "daily", "block=000"), { recursive: true });
  const first = `DATE '${FIRST_DAY}'`;
  await copy(
    join("daily", "block=000", "part.parquet"),
    `SELECT s AS store_id, k AS sku_id, (${first} + t::INTEGER) AS day, (${units})::INTEGER AS units,
       (${world.isStockedOut ?? "false"}) AS is_stocked_out, (${world.isClosed ?? "false"}) AS is_closed
     FROM range(1, ${stores + 1}) a(s), range(1, 4) b(k), range(0, ${days}) c(t) ORDER BY s, k, t`,
  );
  await copy(
    "stores.parquet",
    `SELECT s::INTEGER AS store_id, 'S' || lpad(s::VARCHAR, 3, '0') AS store_code, 0 AS area, 'office' AS location_type
     FROM range(1, ${stores + 1}) a(s)`,
  );
  await copy(
    "products.parquet",
    `SELECT k::INTEGER AS sku_id, 'K' || k AS sku_code, if(k < 3, 'drinks', 'food') AS category, 1 AS price_band,
       if(k = 2, ${first} + 10, DATE '2020-01-01') AS launched_on FROM range(1, 4) b(k)`,
  );
  for (const name of ["weather", "events", "promotions"])
    await copy(`${name}.parquet`, "SELECT 1 AS nothing");
  database.close();
  const cutoff = isoDate(dayNumber(FIRST_DAY) + days - 1);
  const summary = {
    source: "ingested",
    firstDay: FIRST_DAY,
    cutoff,
    storeCount: stores,
    skuCount: 3,
    rowCount: stores * 3 * days,
    blocks: [0],
    hasTruth: false,
    warnings: [],
  };
  writeFileSync(join(lake, "lake.json"), JSON.stringify(summary));
}

/** The forecasts of the night after day `t`, both models' as SQL over s, k and the target's t. */
export async function makeNight(
  folder: string,
  t: number,
  stores: number,
  forecasts: { readonly champion: string; readonly challenger: string; readonly where?: string },
  versions: { readonly champion: string; readonly challenger: string } = {
    champion: CHAMPION,
    challenger: CHALLENGER,
  },
): Promise<void> {
  mkdirSync(join(folder, "block=000"), { recursive: true });
  const database = await Database.open();
  await database.run(
    `COPY (SELECT 'S' || lpad(s::VARCHAR, 3, '0') AS store_code, 'K' || k AS sku_code,
       if(k < 3, 'drinks', 'food') AS category, (DATE '${FIRST_DAY}' + t::INTEGER) AS day,
       (${forecasts.champion})::FLOAT AS mean_units, (${forecasts.challenger})::FLOAT AS challenger_mean_units
     FROM range(1, ${stores + 1}) a(s), range(1, 4) b(k), range(${t + 1}, ${t + 8}) c(t)
     WHERE ${forecasts.where ?? "true"} ORDER BY s, k, t)
     TO ${quote(join(folder, "block=000", "forecasts.parquet"))} (FORMAT parquet)`,
  );
  database.close();
  const cutoff = isoDate(dayNumber(FIRST_DAY) + t);
  await writeNightModels(folder, {
    cutoff,
    champion: { drinks: versions.champion, food: versions.champion },
    challenger: { drinks: versions.challenger, food: versions.champion },
  });
}
