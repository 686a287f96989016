import { CATEGORIES, type Category } from "../../contracts/categories";
import { type ChainNight, SERVING_FILES_VERSION, type SkuOfChain } from "../../contracts/serving-files";
import { type Database, quote } from "../engine/duckdb/database";
import { allForecasts } from "../scoring/forecast-files";
import { shortNumber } from "./short-number";

const KNOWN = CATEGORIES.map(quote).join(", ");

/**
 * All SKUs and what the chain's stores sell of each on average in the coming week: what a store that has never sold a SKU is
 * told. Days on which a store is closed or has stopped a SKU are no demand and left out.
 */
export async function chainNight(database: Database, forecasts: string): Promise<ChainNight> {
  await database.run(`
    CREATE TEMP TABLE sku_days AS
    SELECT sku_code, day, avg(mean_units) AS mean FROM ${allForecasts(forecasts)} WHERE mean_units > 0 GROUP BY ALL`);
  const means = await database.rows<{ code: string; means: string }>(
    "SELECT sku_code AS code, to_json(list(mean ORDER BY day)) AS means FROM sku_days GROUP BY sku_code ORDER BY sku_code",
  );
  const meanOf = new Map(means.map(({ code, means: list }) => [code, numbers(list)]));
  const products = await database.rows<Omit<SkuOfChain, "mean"> & { code: string }>(
    `SELECT sku_id AS id, sku_code AS code, name, category, price_band AS "priceBand"
     FROM products WHERE category IN (${KNOWN}) ORDER BY sku_code`,
  );
  return {
    version: SERVING_FILES_VERSION,
    skus: Object.fromEntries(
      products.map(({ code, ...sku }) => {
        const mean = meanOf.get(code);
        return [code, mean ? { ...sku, mean } : sku];
      }),
    ),
    bands: await bandsOf(database),
    storeSizes: await storeSizesOf(database, forecasts),
  };
}

async function bandsOf(database: Database): Promise<ChainNight["bands"]> {
  const rows = await database.rows<{ band: string; means: string }>(`
    SELECT band, to_json(list(mean ORDER BY day)) AS means FROM (
      SELECT category || ' ' || price_band AS band, day, avg(mean) AS mean
      FROM sku_days JOIN products USING (sku_code) GROUP BY ALL)
    GROUP BY band ORDER BY band`);
  return Object.fromEntries(rows.map(({ band, means }) => [band, numbers(means)]));
}

/** A store's units over those that the mean store sells of the same SKUs on the same days. */
async function storeSizesOf(database: Database, forecasts: string): Promise<ChainNight["storeSizes"]> {
  const rows = await database.rows<{ store: number; category: Category; size: number }>(`
    SELECT s.store_id AS store, p.category, sum(f.mean_units) / sum(m.mean) AS size
    FROM ${allForecasts(forecasts)} f JOIN sku_days m USING (sku_code, day)
    JOIN products p USING (sku_code) JOIN stores s USING (store_code)
    WHERE f.mean_units > 0 AND p.category IN (${KNOWN}) GROUP BY ALL ORDER BY ALL`);
  const sizes: Record<string, Partial<Record<Category, number>>> = {};
  for (const { store, category, size } of rows) {
    (sizes[String(store)] ??= {})[category] = shortNumber(size);
  }
  return sizes;
}

/** A list as JSON: DuckDB's own lists come as objects of its client. */
const numbers = (json: string) => (JSON.parse(json) as number[]).map(shortNumber);
