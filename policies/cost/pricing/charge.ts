import type { PlannedResource } from "./planned-resource";
import type { Price, PriceTable } from "./price-table";
import type { Range } from "./range";
import type { Usage } from "./usage";

/** One priced line of the estimate. */
export interface CostLine {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What is billed, e.g. "champion: 1-4 x ml.m5.large". */
  readonly what: string;
  /** Units of `price` a month. */
  readonly quantity: Range;
  readonly priceKey: string;
  readonly price: Price;
  /** USD a month at minimum capacity and quiet usage. */
  readonly minimumUsd: number;
  /** USD of an ordinary month. */
  readonly expectedUsd: number;
  /** USD a month at maximum capacity and busy usage. */
  readonly maximumUsd: number;
  /** The usage assumptions that set the quantity beside the plan; empty when the plan alone does. */
  readonly assumptions: readonly (keyof Usage)[];
  /** The input that is not known yet, when the bounds are all that can be said. */
  readonly pendingInput?: string;
}

/** Something that may cost money and that the estimator cannot put a number on. */
export interface Unpriced {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly what: string;
  readonly reason: string;
  /** The input that is not known yet, when that is why; undefined when no price is known. */
  readonly pendingInput?: string;
}

export type Charge =
  | { readonly priced: true; readonly line: CostLine }
  | { readonly priced: false; readonly unpriced: Unpriced };

export interface Billed {
  readonly what: string;
  readonly quantity: Range;
  readonly priceKey: string;
  /** @default none: the plan alone sets the quantity */
  readonly assumptions?: readonly (keyof Usage)[];
  readonly pendingInput?: string;
}

/** Puts the table's price on a quantity; a price that the table does not have makes the line unpriced. */
export function charge(prices: PriceTable, resource: PlannedResource, billed: Billed): Charge {
  const price = prices.prices[billed.priceKey];
  if (price === undefined)
    return unpriced(resource, billed.what, `no ${prices.region} price for ${billed.priceKey}`);
  const { urn, type, name } = resource;
  const { what, quantity, priceKey, assumptions = [], pendingInput } = billed;
  return {
    priced: true,
    line: {
      urn,
      type,
      name,
      what,
      quantity,
      priceKey,
      price,
      minimumUsd: quantity.minimum * price.usd,
      expectedUsd: quantity.expected * price.usd,
      maximumUsd: quantity.maximum * price.usd,
      assumptions,
      ...(pendingInput ? { pendingInput } : {}),
    },
  };
}

export function unpriced(resource: PlannedResource, what: string, reason: string): Charge {
  const { urn, type, name } = resource;
  return { priced: false, unpriced: { urn, type, name, what, reason } };
}

/** Like `unpriced`, for what the plan cannot know before the cloud has made something. */
export function notKnownYet(resource: PlannedResource, what: string, pendingInput: string): Charge {
  const { urn, type, name } = resource;
  const reason = `${pendingInput} is not known yet`;
  return { priced: false, unpriced: { urn, type, name, what, reason, pendingInput } };
}
