import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { SERVING_FILES_VERSION, type SkuNight, type StoreNight } from "../../contracts/serving-files";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";
import { allForecasts, CALIBRATION_COLUMN } from "../scoring/forecast-files";
import { shortNumber } from "./short-number";

/** Forecasts store by store, in the order of the files: one store is in memory. */
export async function* storeNights(
  database: Database,
  forecasts: string,
  isCalibrated = false,
): AsyncGenerator<{ readonly storeId: number; readonly night: StoreNight }> {
  const products = new Map(
    (
      await database.rows<{ id: number; code: string; name: string; category: SkuNight["category"] }>(
        "SELECT sku_id AS id, sku_code AS code, name, category FROM products",
      )
    ).map((product) => [product.id, product]),
  );
  let storeId = 0;
  let skus: Record<string, SkuNight> = {};
  for await (const { store, sku, week } of weeks(database, forecasts, isCalibrated)) {
    if (store !== storeId && storeId !== 0) {
      yield { storeId, night: { version: SERVING_FILES_VERSION, skus } };
      skus = {};
    }
    storeId = store;
    const { id, code, name, category } = products.get(sku)!;
    if (CATEGORIES.includes(category)) skus[code] = { id, name, category, ...week };
  }
  if (storeId !== 0) yield { storeId, night: { version: SERVING_FILES_VERSION, skus } };
}

type Week = Pick<SkuNight, "champion" | "challenger" | "baseline" | "naive" | "calibration">;

const VALUES = ["mean_units", "challenger_mean_units", "baseline_units", "naive_units"] as const;

/** HORIZON_DAYS rows of one store and SKU as one; the chunks of a result end anywhere. */
async function* weeks(
  database: Database,
  forecasts: string,
  isCalibrated: boolean,
): AsyncGenerator<{ readonly store: number; readonly sku: number; readonly week: Week }> {
  const names = [...VALUES, ...(isCalibrated ? [CALIBRATION_COLUMN] : [])];
  const sql = `SELECT s.store_id, p.sku_id, ${names.map((name) => `f.${name}`).join(", ")}
    FROM ${allForecasts(forecasts)} f JOIN stores s USING (store_code) JOIN products p USING (sku_code)`;
  let days: number[][] = [];
  let [store, sku] = [0, 0];
  for await (const batch of database.stream(sql)) {
    const stores = columnAs(batch, "store_id", Int32Array);
    const skus = columnAs(batch, "sku_id", Int32Array);
    const values = names.map((name) => columnAs(batch, name, Float32Array));
    for (let row = 0; row < batch.rowCount; row++) {
      if (days.length > 0 && (stores[row] !== store || skus[row] !== sku)) {
        throw new Error(
          `${forecasts}: store ${store}, SKU ${sku} has not ${HORIZON_DAYS} days in a row: score again`,
        );
      }
      [store, sku] = [stores[row]!, skus[row]!];
      days.push(values.map((column) => column[row]!));
      if (days.length < HORIZON_DAYS) continue;
      yield { store, sku, week: weekOf(days) };
      days = [];
    }
  }
}

function weekOf(days: readonly (readonly number[])[]): Week {
  const column = (at: number) => days.map((values) => shortNumber(values[at]!));
  return {
    champion: column(0),
    challenger: column(1),
    baseline: column(2),
    naive: days.map((values) => (Number.isNaN(values[3]) ? null : shortNumber(values[3]!))),
    ...(days.some((values) => (values[4] ?? 1) !== 1) ? { calibration: column(4) } : {}),
  };
}
