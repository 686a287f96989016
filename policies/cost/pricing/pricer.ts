import type { Charge } from "./charge";
import type { PlanIndex } from "./plan-index";
import type { PlannedResource } from "./planned-resource";
import type { PriceTable } from "./price-table";
import type { Usage } from "./usage";

export interface PricingContext {
  readonly plan: PlanIndex;
  readonly prices: PriceTable;
  readonly usage: Usage;
}

/** Turns one resource into its charges; an empty list says that this one is not billed. */
export type Pricer = (resource: PlannedResource, context: PricingContext) => readonly Charge[];

/** Pricers by type token. */
export type Pricers = Readonly<Record<string, Pricer>>;
