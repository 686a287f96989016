import { BESIDE_MODEL_INPUT, MODEL_INPUT_NAMES } from "./model-input";

/** Groups of the feature store. The physical name carries the version: `smartretail-prod-stores-v1`. */
export type FeatureGroupName = "store-sku-sales" | "products" | "stores" | "weather" | "events";

type FeatureType = "Integral" | "Fractional" | "String";

export interface FeatureColumn {
  /** 1 to 64 letters, digits, `_` and `-`. */
  readonly name: string;
  readonly type: FeatureType;
}

export interface FeatureGroupSchema {
  readonly name: FeatureGroupName;
  /** A new version is a new group beside the old one (docs/adr/0006). */
  readonly version: number;
  /** At most 128 characters. */
  readonly description: string;
  /** The online store keeps the newest record of each of its values. */
  readonly recordIdentifier: FeatureColumn;
  /** Without the identifier and the event time. Append only: SageMaker adds features and never takes one away. */
  readonly columns: readonly FeatureColumn[];
}

/** When the record became true, ISO 8601 with seconds in UTC; the same column in every group. */
export const EVENT_TIME: FeatureColumn = { name: "event_time", type: "String" };

const text = (name: string): FeatureColumn => ({ name, type: "String" });
const integer = (name: string): FeatureColumn => ({ name, type: "Integral" });
const decimal = (name: string): FeatureColumn => ({ name, type: "Fractional" });

/**
 * What a forecast needs of one store, SKU and day: the whole model input in its order, and beside it the baseline that the
 * answer is multiplied by (docs/adr/0048).
 *
 * The identifier is `<store>-<sku>-<weekday 1 to 7>`. The batch run after day c writes the row of day c+7 over that of day c:
 * the online store always holds the next seven days of every series, at one write a series and day (1.5 million),
 * not seven.
 */
const storeSkuSales: FeatureGroupSchema = {
  name: "store-sku-sales",
  version: 2,
  description: "Model input and baseline of one store, SKU and day; seven days ahead per series",
  recordIdentifier: text("series_day"),
  columns: [
    integer("store_id"),
    integer("sku_id"),
    text("day"),
    decimal("units"),
    ...MODEL_INPUT_NAMES.map(decimal),
    ...BESIDE_MODEL_INPUT.map(({ name }) => decimal(name)),
  ],
};

/** Identifier of a record of store-sku-sales. */
export function seriesDay(storeId: number, skuId: number, weekday: number): string {
  const padded = (id: number) => String(id).padStart(5, "0");
  return `${padded(storeId)}-${padded(skuId)}-${weekday}`;
}

/** The product master; its terms are what ordering needs. Version 2: prices with decimals, the chain's own category. */
const products: FeatureGroupSchema = {
  name: "products",
  version: 2,
  description: "Product master: category, price, launch, shelf life and order terms of one SKU",
  recordIdentifier: integer("sku_id"),
  columns: [
    text("sku_code"),
    text("name"),
    text("category"),
    integer("price_band"),
    decimal("price_yen"),
    decimal("cost_yen"),
    text("launched_on"),
    integer("shelf_life_days"),
    integer("pack_size"),
    integer("lead_time_days"),
    integer("minimum_display"),
    text("category_name"),
  ],
};

/** The store master. Without the lake's `block`, which says where files are and nothing of the store. */
const stores: FeatureGroupSchema = {
  name: "stores",
  version: 1,
  description: "Store master: weather area, location type and clientele of one store",
  recordIdentifier: integer("store_id"),
  columns: [text("store_code"), text("name"), integer("area"), text("location_type"), text("clientele")],
};

/** Weather of an area and day, `<area>-<yyyy-mm-dd>`. Models may read the forecast only: the actual is not known in time. */
const weather: FeatureGroupSchema = {
  name: "weather",
  version: 1,
  description: "Weather of one area and day: the forecast issued seven days before, and what came",
  recordIdentifier: text("area_day"),
  columns: [
    integer("area"),
    text("day"),
    decimal("temperature_forecast"),
    decimal("rain_forecast"),
    decimal("temperature_actual"),
    decimal("rain_actual"),
  ],
};

/** An event near a store, `<store>-<yyyy-mm-dd>`: festival, concert, match. A day without one has no record. */
const events: FeatureGroupSchema = {
  name: "events",
  version: 1,
  description: "Event near one store on one day, known in advance, and its size",
  recordIdentifier: text("store_day"),
  columns: [integer("store_id"), text("day"), text("name"), integer("size")],
};

export const FEATURE_GROUPS: readonly FeatureGroupSchema[] = [
  storeSkuSales,
  products,
  stores,
  weather,
  events,
];
