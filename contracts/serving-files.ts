import type { Category } from "./categories";
import type { Variant } from "./variants";

/**
 * What a night leaves for the API, below `serving/` of the results bucket or of a local run:
 *
 *   manifest.json                            names the night; written last, so a reader never sees half of one
 *   nights/<cutoff>/chain.json.gz            all SKUs, and what the chain sells of them on average
 *   nights/<cutoff>/stores/<id>.json.gz      forecasts of one store
 *   nights/<cutoff>/orders/<id>.json.gz      order recommendation of one store
 *   confirmed/<day>/<id>.json                the order that a store has confirmed
 */
export const SERVING_PREFIX = "serving/";

/** A file of another version is not read. */
export const SERVING_FILES_VERSION = 1;

const storeName = (storeId: number) => String(storeId).padStart(5, "0");

/** Keys below SERVING_PREFIX. */
export const servingFiles = {
  manifest: "manifest.json",
  chain: (cutoff: string) => `nights/${cutoff}/chain.json.gz`,
  store: (cutoff: string, storeId: number) => `nights/${cutoff}/stores/${storeName(storeId)}.json.gz`,
  orders: (cutoff: string, storeId: number) => `nights/${cutoff}/orders/${storeName(storeId)}.json.gz`,
  confirmed: (day: string, storeId: number) => `confirmed/${day}/${storeName(storeId)}.json`,
} as const;

export interface NightManifest {
  readonly version: typeof SERVING_FILES_VERSION;
  /** Last day with sales; ISO date. The forecasts are for the HORIZON_DAYS days after it. */
  readonly cutoff: string;
  /** Versions that the night was scored with. */
  readonly models: Readonly<Record<Variant, Readonly<Partial<Record<Category, string>>>>>;
  /** Means at which each quantile of a category's forecast rises by one unit (forecasting/distribution/quantile-steps.ts). */
  readonly intervals: Readonly<Partial<Record<Category, IntervalSteps>>>;
  /** By the chain's own code. */
  readonly stores: Readonly<Record<string, { readonly id: number; readonly name: string }>>;
}

/** Ends of the 80 % interval. */
export interface IntervalSteps {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Forecasts of one store by SKU code; a SKU that it has never sold is not in it. */
export interface StoreNight {
  readonly version: typeof SERVING_FILES_VERSION;
  readonly skus: Readonly<Record<string, SkuNight>>;
}

/** HORIZON_DAYS values in each list. */
export interface SkuNight {
  readonly id: number;
  readonly name: string;
  readonly category: Category;
  /** Expected units; exactly 0 on a day on which the store is closed or no longer sells the SKU. */
  readonly champion: readonly number[];
  readonly challenger: readonly number[];
  readonly baseline: readonly number[];
  readonly naive: readonly (number | null)[];
}

export interface ChainNight {
  readonly version: typeof SERVING_FILES_VERSION;
  readonly skus: Readonly<Record<string, SkuOfChain>>;
  /** By category and price band, "drinks 2": mean units a store, SKU and day; what a SKU without any sale is taken to sell. */
  readonly bands: Readonly<Record<string, readonly number[]>>;
  /** By store id and category: the store's forecast against the mean of the stores that sell the category. */
  readonly storeSizes: Readonly<Record<string, Readonly<Partial<Record<Category, number>>>>>;
}

export interface SkuOfChain {
  readonly id: number;
  readonly name: string;
  readonly category: Category;
  /** 1 to 5. */
  readonly priceBand: number;
  /** Mean units of the stores that sell it, day by day; absent when none does yet. */
  readonly mean?: readonly number[];
}

export interface OrderNight {
  readonly version: typeof SERVING_FILES_VERSION;
  /** The morning on which it is ordered, ISO date. */
  readonly day: string;
  readonly stockSource: "counted" | "simulated" | "taken as empty";
  readonly lines: readonly OrderLineFile[];
  /** Every SKU of the store: what may be ordered besides. */
  readonly assortment: Readonly<Record<string, { readonly name: string; readonly packSize: number }>>;
}

export interface OrderLineFile {
  readonly sku: string;
  readonly name: string;
  readonly category: Category;
  readonly packs: number;
  readonly units: number;
  readonly packSize: number;
  /** One of ORDER_REASONS. */
  readonly reason: string;
  readonly stockUnits: number;
  readonly protectionDays: number;
  readonly expectedUnits: number;
  /** 0 to 1. */
  readonly stockOutProbability: number;
  readonly costYen: number;
}
