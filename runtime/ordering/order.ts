import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type Dispersion, varianceOf } from "../../forecasting/distribution/dispersion";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { type OrderRecommendation, recommendOrder } from "../../forecasting/ordering/recommend-order";
import { isFresh, type PolicyKnobs, withGoodwill } from "../../forecasting/simulation/simulate-policy";
import type { Item } from "./item-terms";
import type { ForecastSession } from "../pipelines/session";
import type { StockBook } from "./stock";
import { writeRows } from "../engine/duckdb/write-rows";
import type { NightForecasts } from "../scoring/forecast-night";

/** Goodwill of a lost sale, as a multiple of the margin, where nothing could be calibrated. */
export const DEFAULT_KNOBS: PolicyKnobs = { fresh: 3, ambient: 6 };

export interface StoreOrder extends OrderRecommendation {
  readonly storeId: number;
  readonly skuId: number;
  readonly costYen: number;
}

/** What every store should order this morning, one line per store and SKU in the order of the forecasts. */
export function recommendOrders(
  night: NightForecasts,
  items: ReadonlyMap<number, Item>,
  stock: StockBook,
  dispersions: readonly Dispersion[],
  knobs: PolicyKnobs,
): StoreOrder[] {
  const orders: StoreOrder[] = [];
  for (let start = 0; start < night.mean.length; start += HORIZON_DAYS) {
    const [storeId, skuId] = [night.storeIds[start]!, night.skuIds[start]!];
    const item = items.get(skuId);
    if (!item) continue;
    const dispersion = dispersions[night.categories[start]!]!;
    const means = night.mean.subarray(start, start + HORIZON_DAYS);
    const deviations = means.map((mean) => Math.sqrt(varianceOf(dispersion, mean)));
    const terms = withGoodwill(item.terms, isFresh(item.terms) ? knobs.fresh : knobs.ambient);
    const outlook = { means, deviations, dayCorrelation: dispersion.dayCorrelation };
    const order = recommendOrder(terms, outlook, stock.of(storeId, skuId));
    orders.push({ storeId, skuId, costYen: order.units * terms.costYen, ...order });
  }
  return orders;
}

const REASONS = [
  "newsvendor",
  "shelf life",
  "minimum display",
  "enough stock",
  "no margin",
  "no demand",
] as const;

/** Writes the orders as CSV, one line per store and SKU that orders something. */
export async function writeOrders(
  session: ForecastSession,
  all: readonly StoreOrder[],
  file: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const orders = all.filter(({ units }) => units > 0);
  const ints = (value: (order: StoreOrder) => number) => Int32Array.from(orders, value);
  const floats = (value: (order: StoreOrder) => number) => Float32Array.from(orders, value);
  await writeRows(
    session.database,
    [
      { name: "store_id", type: "INTEGER", values: ints(({ storeId }) => storeId) },
      { name: "sku_id", type: "INTEGER", values: ints(({ skuId }) => skuId) },
      { name: "packs", type: "INTEGER", values: ints(({ packs }) => packs) },
      { name: "units", type: "INTEGER", values: ints(({ units }) => units) },
      { name: "reason", type: "INTEGER", values: ints(({ reason }) => REASONS.indexOf(reason)) },
      { name: "position", type: "INTEGER", values: ints(({ position }) => Math.round(position)) },
      { name: "protection_days", type: "INTEGER", values: ints(({ protectionDays }) => protectionDays) },
      { name: "expected_units", type: "FLOAT", values: floats(({ protectionMean }) => protectionMean) },
      { name: "stock_out_probability", type: "FLOAT", values: floats((order) => order.stockOutProbability) },
      { name: "cost_yen", type: "INTEGER", values: ints(({ costYen }) => Math.round(costYen)) },
    ],
    `SELECT s.store_code, p.sku_code, p.name, r.packs, r.units,
            [${REASONS.map((reason) => `'${reason}'`).join(", ")}][r.reason + 1] AS reason,
            r.position AS stock_position, r.protection_days, round(r.expected_units, 2) AS expected_units,
            round(r.stock_out_probability, 3) AS stock_out_probability, r.cost_yen
     FROM rows r JOIN stores s USING (store_id) JOIN products p USING (sku_id)
     ORDER BY r.store_id, r.sku_id`,
    file,
    "csv",
  );
}
