/** What an order of one item depends on besides demand. Money is yen per unit, times are days. */
export interface ItemTerms {
  readonly priceYen: number;
  readonly costYen: number;
  /** What an expired unit still brings in. @default 0 */
  readonly salvageYen?: number;
  /** Cost of a unit of unserved demand beyond its margin. @default 0 */
  readonly goodwillYen?: number;
  /** Cost of a unit that is not sold within the protection period. @default 0.05 % of its cost: 6 % a year at three days */
  readonly holdingYen?: number;
  /** Days from ordering (at opening) to delivery (at opening). */
  readonly leadTimeDays: number;
  /** Days between two orders. */
  readonly reviewDays: number;
  /** Days on which a delivered unit may be sold; undefined: it does not perish within the planning window. */
  readonly shelfLifeDays?: number;
  readonly packSize: number;
  /** The fewest units that the shelf shows after delivery, as far as they can be sold in time. @default 0 */
  readonly minimumDisplay?: number;
  /** Largest accepted probability that the last unit expires; caps the order of perishables. @default 0.9 */
  readonly maximumWasteProbability?: number;
}

const DEFAULT_HOLDING_SHARE = 0.0005;
export const DEFAULT_WASTE_PROBABILITY = 0.9;

export interface UnitCosts {
  /** Lost by one unit too few: price - cost + goodwill. */
  readonly underageYen: number;
  /** Lost by one unit that expires: cost - salvage. */
  readonly wasteYen: number;
  /** Lost by one unit that waits for the next period. */
  readonly holdingYen: number;
}

export function unitCosts(terms: ItemTerms): UnitCosts {
  return {
    underageYen: terms.priceYen - terms.costYen + (terms.goodwillYen ?? 0),
    wasteYen: terms.costYen - (terms.salvageYen ?? 0),
    holdingYen: terms.holdingYen ?? terms.costYen * DEFAULT_HOLDING_SHARE,
  };
}

const whole = (value: number) => Number.isInteger(value);

/** The first thing wrong with the terms, naming field, value and what is allowed; undefined when they can be used. */
export function problemOf(terms: ItemTerms): string | undefined {
  if (!(terms.priceYen > 0)) return `priceYen is ${terms.priceYen}, must be above 0`;
  if (!(terms.costYen >= 0)) return `costYen is ${terms.costYen}, must be at least 0`;
  if (!whole(terms.leadTimeDays) || terms.leadTimeDays < 0)
    return `leadTimeDays is ${terms.leadTimeDays}, must be a whole number from 0`;
  if (!whole(terms.reviewDays) || terms.reviewDays < 1)
    return `reviewDays is ${terms.reviewDays}, must be a whole number from 1`;
  if (!whole(terms.packSize) || terms.packSize < 1)
    return `packSize is ${terms.packSize}, must be a whole number from 1`;
  if (terms.shelfLifeDays !== undefined && (!whole(terms.shelfLifeDays) || terms.shelfLifeDays < 1))
    return `shelfLifeDays is ${terms.shelfLifeDays}, must be a whole number from 1`;
  return undefined;
}
