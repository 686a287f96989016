import type { Category } from "./categories";
import type { Variant } from "./variants";

/**
 * What a night leaves for the API, in one folder:
 *
 *   night.json                what the night is; a folder has it when everything else is there
 *   chain.json.gz             all SKUs, and what the chain sells of them on average
 *   stores/<id>.json.gz       forecasts of one store
 *   orders/<id>.json.gz       order recommendation of one store
 *
 * Which folder the API reads is said by the night's manifest (NightManifest in contracts/runs.ts), which is replaced last: a
 * reader sees all of a night or the one before.
 */
export const SERVING_FILES = {
  night: "night.json",
  chain: "chain.json.gz",
  store: (storeId: number) => `stores/${storeName(storeId)}.json.gz`,
  orders: (storeId: number) => `orders/${storeName(storeId)}.json.gz`,
} as const;

/** A file of another version is not read. */
export const SERVING_FILES_VERSION = 1;

const storeName = (storeId: number) => String(storeId).padStart(5, "0");

/** Orders that stores have confirmed, in the results bucket; `day` is an ISO date. */
export const CONFIRMED_ORDERS_PREFIX = "confirmed-orders/";
export function confirmedOrderKey(day: string, storeId: number): string {
  return `${CONFIRMED_ORDERS_PREFIX}${day}/${storeName(storeId)}.json`;
}

export interface ServingNight {
  readonly version: typeof SERVING_FILES_VERSION;
  /** Last day with sales; ISO date. The forecasts are for the HORIZON_DAYS days after it. */
  readonly cutoff: string;
  /** Versions that the night was scored with. */
  readonly models: Readonly<Record<Variant, Readonly<Partial<Record<Category, string>>>>>;
  /** What ordinary items of a category were multiplied by (docs/adr/0106); absent where none was. */
  readonly calibrations?: Readonly<Partial<Record<Category, number>>>;
  /** Means at which each quantile of a category's forecast rises by one unit (forecasting/distribution/quantile-steps.ts). */
  readonly intervals: Readonly<Partial<Record<Category, IntervalSteps>>>;
  /** By the chain's own code. */
  readonly stores: Readonly<Record<string, { readonly id: number; readonly name: string }>>;
}

/** Ends of the 80 % interval. */
interface IntervalSteps {
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
  /** What `champion` was multiplied by to set its level right; absent where it was not. */
  readonly calibration?: readonly number[];
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
