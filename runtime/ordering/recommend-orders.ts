import { HORIZON_DAYS } from "../../contracts/horizon";
import { type Dispersion, varianceOf } from "../../forecasting/distribution/dispersion";
import type { Service, StockState } from "../../forecasting/ordering/order-plan";
import { type OrderRecommendation, recommendOrder } from "../../forecasting/ordering/recommend-order";
import type { Item } from "./item-terms";

/** Weight of service against waste where nothing could be calibrated: near the KPI lines on generated data. */
export const DEFAULT_SERVICE: Service = { multiplier: 2 };

export interface StoreOrder extends OrderRecommendation {
  readonly storeId: number;
  readonly skuId: number;
  readonly costYen: number;
}

/** Forecasts of the coming week: HORIZON_DAYS rows per store and SKU, one series after the other. */
export interface WeekForecasts {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  /** Position in CATEGORIES. */
  readonly categories: Int32Array;
  readonly mean: Float32Array;
}

export interface OrderTerms {
  /** By sku_id. */
  readonly items: ReadonlyMap<number, Item>;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
  readonly service: Service;
}

/** What every store should order this morning, one line per store and SKU in the order of the forecasts. */
export function recommendOrders(
  forecasts: WeekForecasts,
  { items, dispersions, service }: OrderTerms,
  stockOf: (storeId: number, skuId: number) => StockState,
): StoreOrder[] {
  const orders: StoreOrder[] = [];
  for (let start = 0; start < forecasts.mean.length; start += HORIZON_DAYS) {
    const [storeId, skuId] = [forecasts.storeIds[start]!, forecasts.skuIds[start]!];
    const item = items.get(skuId);
    if (!item) continue;
    const dispersion = dispersions[forecasts.categories[start]!]!;
    const means = forecasts.mean.subarray(start, start + HORIZON_DAYS);
    const deviations = means.map((mean) => Math.sqrt(varianceOf(dispersion, mean)));
    const outlook = { means, deviations, dayCorrelation: dispersion.dayCorrelation };
    const order = recommendOrder(item.terms, outlook, stockOf(storeId, skuId), service);
    orders.push({ storeId, skuId, costYen: order.units * item.terms.costYen, ...order });
  }
  return orders;
}
