import type { Category } from "./categories";
import type { RoleName } from "./roles";
import type { Variant } from "./variants";

/** SKUs of one forecast request: 100 SKUs x 7 days are 700 rows, seven reads of the online store, one call a category. */
export const MAX_SKUS = 100;
/** Letters of a store's or SKU's code. */
export const MAX_CODE_LENGTH = 64;
/** Lines of a confirmed order: the whole assortment of a shop. */
export const MAX_ORDER_LINES = 5000;
/** More packs of one SKU are a slip of the finger. */
export const MAX_PACKS = 1000;
/** Bytes of a request's body. API Gateway passes on 10 MB, Lambda 6 MB. */
export const MAX_BODY_BYTES = 512 * 1024;

/** First part of every path: the version of the API, and the name of API Gateway's stage. */
export const API_VERSION = "v1";

/** One Lambda function each, bundled from runtime/entry/<entry>.ts by scripts/build-functions.ts. */
export const API_FUNCTIONS = {
  forecast: { entry: "forecast-function", role: "router", memoryMegabytes: 1024, timeoutSeconds: 3 },
  orders: { entry: "orders-function", role: "order-api", memoryMegabytes: 512, timeoutSeconds: 10 },
} as const satisfies Record<
  string,
  {
    readonly entry: string;
    readonly role: RoleName;
    readonly memoryMegabytes: number;
    /** Longest run of the function; the forecast's own deadline is far shorter. */
    readonly timeoutSeconds: number;
  }
>;

export type ApiFunction = keyof typeof API_FUNCTIONS;

/** What each function reads from its environment. */
export const API_ENVIRONMENT = {
  forecast: {
    required: {
      SMARTRETAIL_ENVIRONMENT: "dev or prod: the folder of the model pointers",
      ENDPOINT_NAMES:
        'JSON: {"forecast": name} of the multi-model endpoint, or one name a category of serverless ones',
      FEATURE_GROUP_NAME: "feature group of store-sku-sales, by its physical name",
      RESULTS_BUCKET: "bucket of the published night",
    },
    optional: {
      EXPERIMENTS_TABLE: "DynamoDB table of the experiments; without one the champion serves every store",
      DEADLINE_MILLISECONDS: `longest answer, 100 to 3000; default 450`,
    },
  },
  orders: {
    required: { RESULTS_BUCKET: "bucket of the published night and of the confirmed orders" },
    optional: {},
  },
} as const satisfies Record<ApiFunction, Record<"required" | "optional", Readonly<Record<string, string>>>>;

/** A budget for 500 ms at the caller: the rest is API Gateway and the network. */
export const DEFAULT_DEADLINE_MILLISECONDS = 450;

/**
 * Where the figure of one day comes from, best first. `not-sold` is a zero on purpose: the store is closed that day, or
 * has stopped selling the SKU. No other source gives 0.
 */
export const FORECAST_SOURCES = [
  "model",
  "batch",
  "baseline",
  "seasonal-naive",
  "new-item",
  "not-sold",
] as const;
export type ForecastSource = (typeof FORECAST_SOURCES)[number];

/** One line of the forecast function's log for every answer: what the experiment counts as served. */
export interface ForecastLogLine {
  readonly event: "forecast";
  readonly requestId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly store: string;
  readonly from: string;
  readonly days: number;
  /** What served each category of the request. */
  readonly served: readonly ServedModel[];
  /** Forecast days of the request by source. */
  readonly sources: Readonly<Partial<Record<ForecastSource, number>>>;
  readonly missingSkus: number;
  readonly milliseconds: number;
  /** What had to be replaced, and why. */
  readonly notices: readonly string[];
  /** Units by SKU, day by day; null where there is no forecast. */
  readonly units: Readonly<Record<string, readonly (number | null)[]>>;
}

export interface ServedModel {
  readonly category: Category;
  /** The variant that the store is assigned to. */
  readonly variant: Variant;
  /** Undefined when no version could be read. */
  readonly version?: string;
  readonly experimentId?: string;
  /** Whether the model answered; otherwise the fallbacks did. */
  readonly answered: boolean;
}
