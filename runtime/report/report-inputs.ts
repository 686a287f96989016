import { LAKE_FEATURES } from "../../contracts/model-input";
import { featureImportance } from "../../forecasting/trees/feature-importance";
import type { BoostedTrees } from "../../forecasting/models/boosted-trees";
import type { DemandModel } from "../../forecasting/models/demand-model";
import type { StoreOrder } from "../ordering/order";
import type { CategoryModels } from "../training/train";
import type { OrdersSummary, ReportData } from "./report-data";
import type { Item } from "../ordering/item-terms";
import type { StockBook } from "../ordering/stock";

const SHOWN_FEATURES = 8;
const SHOWN_ORDERS = 20;

const isTrees = (model: DemandModel): model is BoostedTrees => model.kind === "boosted-trees";

export function importanceOf(models: readonly CategoryModels[]): ReportData["importance"] {
  const meaning = new Map(LAKE_FEATURES.map((feature) => [feature.name, feature.meaning]));
  return models.flatMap(({ category, champion }) => {
    if (!isTrees(champion)) return [];
    const features = featureImportance(champion.trees)
      .filter(({ gainShare }) => gainShare > 0)
      .slice(0, SHOWN_FEATURES)
      .map(({ feature, gainShare }) => ({
        name: feature,
        meaning: meaning.get(feature) ?? "computed by the baseline",
        share: gainShare,
      }));
    return [{ category, features }];
  });
}

function countBy<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const descending = <T>(counts: Map<T, number>) => [...counts].sort(([, a], [, b]) => b - a);

export function summariseOrders(
  orders: readonly StoreOrder[],
  items: ReadonlyMap<number, Item>,
  storeCodes: ReadonlyMap<number, string>,
  stock: StockBook,
): OrdersSummary {
  const placed = orders.filter(({ units }) => units > 0);
  const largest = [...placed].sort((a, b) => b.costYen - a.costYen).slice(0, SHOWN_ORDERS);
  const assumed = countBy([...items.values()].flatMap((item) => item.assumed));
  return {
    considered: orders.length,
    lines: placed.length,
    units: placed.reduce((sum, { units }) => sum + units, 0),
    costYen: placed.reduce((sum, { costYen }) => sum + costYen, 0),
    stockSource: stock.source,
    reasons: descending(countBy(orders.map(({ reason }) => reason))).map(([reason, count]) => ({
      reason,
      count,
    })),
    largest: largest.map((order) => ({
      store: storeCodes.get(order.storeId) ?? "?",
      sku: items.get(order.skuId)?.skuCode ?? "?",
      name: items.get(order.skuId)?.name ?? "?",
      packs: order.packs,
      units: order.units,
      position: order.position,
      expectedUnits: order.protectionMean,
      protectionDays: order.protectionDays,
      stockOutProbability: order.stockOutProbability,
      reason: order.reason,
      costYen: order.costYen,
    })),
    assumed: descending(assumed).map(([field, skus]) => ({ field, skus })),
  };
}
