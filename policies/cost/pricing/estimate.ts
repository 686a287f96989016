import { charge, unpriced, type Charge, type CostLine, type Unpriced } from "./charge";
import { isCloudType, isFreeType } from "./free-types";
import { PlanIndex } from "./plan-index";
import type { PlannedResource } from "./planned-resource";
import { ENDPOINT_PRICERS } from "./price-endpoints";
import { NETWORK_PRICERS } from "./price-network";
import { OBSERVABILITY_PRICERS } from "./price-observability";
import { PIPELINE_PRICERS, SCHEDULE_PRICERS } from "./price-pipelines";
import { PROVISIONED_CONCURRENCY_PRICERS, SERVICE_PRICERS } from "./price-services";
import { STORAGE_PRICERS } from "./price-storage";
import { STUDIO_PRICERS } from "./price-studio";
import type { PriceTable } from "./price-table";
import type { Pricers, PricingContext } from "./pricer";
import { TOKYO } from "./tokyo";
import { estimatedShare, sumOf } from "./sums";
import { mergeUsage, type UsageOverrides } from "./usage";

const PRICERS: Pricers = {
  ...ENDPOINT_PRICERS,
  ...NETWORK_PRICERS,
  ...OBSERVABILITY_PRICERS,
  ...PIPELINE_PRICERS,
  ...SCHEDULE_PRICERS,
  ...PROVISIONED_CONCURRENCY_PRICERS,
  ...SERVICE_PRICERS,
  ...STORAGE_PRICERS,
  ...STUDIO_PRICERS,
};

export interface EstimateOptions {
  /** @default the Tokyo table */
  readonly prices?: PriceTable;
  /** Usage that differs from the defaults. */
  readonly usage?: UsageOverrides;
}

export interface Estimate {
  readonly region: string;
  readonly pricesAsOf: string;
  /** Sorted by URN, then by what is billed. */
  readonly lines: readonly CostLine[];
  readonly unpriced: readonly Unpriced[];
  /** USD a month: scaling targets at their minimum, a quiet month. */
  readonly minimumUsd: number;
  /** USD of an ordinary month: every scheduled job runs its usual time, capacity follows an ordinary load. */
  readonly expectedUsd: number;
  /** USD a month: scaling targets at their maximum all month, every job runs to its limit, a busy month. */
  readonly maximumUsd: number;
  /** Share of `maximumUsd` that rests on estimated prices. */
  readonly estimatedPriceShare: number;
}

/** Usage that belongs to the environment and to no single resource. */
const ENVIRONMENT: PlannedResource = { urn: "", type: "", name: "(whole environment)", inputs: {} };

/**
 * Prices a plan: what each resource costs a month between minimum and maximum capacity. The order of the resources does
 * not matter, and nothing unknown counts as zero: it is listed as unpriced.
 */
export function estimateMonthlyCost(
  resources: readonly PlannedResource[],
  options: EstimateOptions = {},
): Estimate {
  const prices = options.prices ?? TOKYO;
  const context: PricingContext = {
    plan: new PlanIndex(resources),
    prices,
    usage: mergeUsage(options.usage),
  };
  const charges = [
    ...context.plan.resources.flatMap((resource) => chargesOf(resource, context)),
    ...(resources.length === 0 ? [] : environmentCharges(context)),
  ];
  const lines = charges
    .flatMap((one) => (one.priced ? [one.line] : []))
    .filter((line) => line.maximumUsd > 0);
  const { minimum, expected, maximum } = sumOf(lines);
  return {
    region: prices.region,
    pricesAsOf: prices.asOf,
    lines,
    unpriced: charges.flatMap((one) => (one.priced ? [] : [one.unpriced])),
    minimumUsd: minimum.usd,
    expectedUsd: expected.usd,
    maximumUsd: maximum.usd,
    estimatedPriceShare: estimatedShare(maximum),
  };
}

function chargesOf(resource: PlannedResource, context: PricingContext): readonly Charge[] {
  const pricer = PRICERS[resource.type];
  if (pricer) return pricer(resource, context);
  if (!isCloudType(resource.type) || isFreeType(resource.type)) return [];
  return [unpriced(resource, "resource", `no price rule for ${resource.type}`)];
}

function environmentCharges({ prices, usage }: PricingContext): readonly Charge[] {
  return [
    charge(prices, ENVIRONMENT, {
      what: "custom metrics of the run time",
      quantity: usage.customMetrics,
      priceKey: "cloudwatch-metric",
      assumptions: ["customMetrics"],
    }),
    charge(prices, ENVIRONMENT, {
      what: "data transfer to the internet",
      quantity: usage.dataTransferOutGigabytes,
      priceKey: "data-transfer-out",
      assumptions: ["dataTransferOutGigabytes"],
    }),
  ];
}
