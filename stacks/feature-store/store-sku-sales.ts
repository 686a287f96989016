import { decimal, integer, text, type FeatureGroupSchema } from "./schema";

/**
 * What a forecast needs to know of one store, SKU and day: sales history and planned promotion.
 *
 * The identifier is `<store>-<sku>-<weekday 1 to 7>`. The night after day c writes the row of day c+7 over that of day c:
 * the online store always holds the next seven days of every series, at one write a series and night (1.5 million),
 * not seven.
 */
export const storeSkuSales: FeatureGroupSchema = {
  name: "store-sku-sales",
  version: 1,
  description: "Sales history and planned promotion of one store, SKU and day; seven days ahead per series",
  recordIdentifier: text("series_day"),
  columns: [
    integer("store_id"),
    integer("sku_id"),
    text("day"),
    decimal("units"),
    decimal("discount_share"),
    decimal("promo_type"),
    decimal("lag_7"),
    decimal("lag_14"),
    decimal("lag_28"),
    decimal("mean_7"),
    decimal("std_7"),
    decimal("mean_14"),
    decimal("std_14"),
    decimal("mean_28"),
    decimal("std_28"),
    decimal("mean_112"),
    decimal("weekday_mean"),
    decimal("promo_share_28"),
    decimal("chain_mean_28"),
  ],
};
