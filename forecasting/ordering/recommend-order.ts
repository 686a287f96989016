import { type CountDistribution, countDistribution } from "../distribution/count-distribution";
import { sumOfDays } from "../distribution/dispersion";
import { DEFAULT_WASTE_PROBABILITY, type ItemTerms, problemOf, unitCosts } from "./item-terms";
import { packsThatPay, shelfLifeCap, stockOutProbability } from "./order-packs";

/** Forecast of one item in one store: mean and standard deviation of day 1 (today), 2, ... */
export interface DemandOutlook {
  readonly means: ArrayLike<number>;
  readonly deviations: ArrayLike<number>;
  readonly dayCorrelation: number;
}

export interface StockState {
  /** Units that can still be sold over the protection period, at opening. */
  readonly onHand: number;
  /** Units ordered before and not delivered yet. */
  readonly onOrder: number;
}

/** Why the quantity is what it is. */
export type OrderReason =
  "newsvendor" | "shelf life" | "minimum display" | "enough stock" | "no margin" | "no demand";

export interface OrderRecommendation {
  readonly packs: number;
  readonly units: number;
  readonly reason: OrderReason;
  /** Stock on hand and on order before the order. */
  readonly position: number;
  readonly protectionDays: number;
  readonly protectionMean: number;
  /** P(demand of the protection period exceeds position + order). */
  readonly stockOutProbability: number;
}

/** Perishables beyond this many days are planned as if they kept: the outlook repeats its week that far only. */
export const LONGEST_SHELF_WINDOW_DAYS = 28;

/** Demand of the first `days` days; beyond the outlook's end its days repeat (weekday by weekday for a week). */
export function demandOver(outlook: DemandOutlook, days: number): CountDistribution {
  const length = outlook.means.length;
  if (length === 0 || days === 0) return countDistribution(0, 0);
  const at = (values: ArrayLike<number>) => Array.from({ length: days }, (_, day) => values[day % length]!);
  return sumOfDays(at(outlook.means), at(outlook.deviations), outlook.dayCorrelation);
}

/**
 * Order at opening of day 1, delivered at opening of day 1 + lead time; the next order is `reviewDays` later, so
 * position + order must last for lead time + review period days. Old stock is assumed to sell first.
 */
export function recommendOrder(
  terms: ItemTerms,
  outlook: DemandOutlook,
  stock: StockState,
): OrderRecommendation {
  const problem = problemOf(terms);
  if (problem) throw new RangeError(problem);
  const protectionDays = terms.leadTimeDays + terms.reviewDays;
  const protection = demandOver(outlook, protectionDays);
  const position = Math.max(0, stock.onHand + stock.onOrder);
  const chosen = choosePacks(terms, outlook, protection, position);
  const units = chosen.packs * terms.packSize;
  return {
    ...chosen,
    units,
    position,
    protectionDays,
    protectionMean: protection.mean,
    stockOutProbability: stockOutProbability(protection, position + units),
  };
}

function choosePacks(
  terms: ItemTerms,
  outlook: DemandOutlook,
  protection: CountDistribution,
  position: number,
): { packs: number; reason: OrderReason } {
  const costs = unitCosts(terms);
  const shelf = shelfDemand(terms, outlook);
  const cap = shelf && shelfLifeCap(shelf, terms.maximumWasteProbability ?? DEFAULT_WASTE_PROBABILITY);
  const { packSize } = terms;
  const free = packsThatPay({ protection, position, packSize, costs });
  const paid = shelf ? packsThatPay({ protection, shelf, position, packSize, costs, cap }) : free;
  const displayed = Math.max(0, Math.ceil(((terms.minimumDisplay ?? 0) - position) / packSize));
  if (displayed > paid.packs) return { packs: displayed, reason: "minimum display" };
  if (paid.packs > 0)
    return { packs: paid.packs, reason: paid.packs < free.packs ? "shelf life" : "newsvendor" };
  if (protection.mean === 0) return { packs: 0, reason: "no demand" };
  if (costs.underageYen <= 0) return { packs: 0, reason: "no margin" };
  return { packs: 0, reason: free.packs > 0 ? "shelf life" : "enough stock" };
}

/** Demand from now until a unit ordered now expires; undefined for what keeps. */
function shelfDemand(terms: ItemTerms, outlook: DemandOutlook): CountDistribution | undefined {
  if (terms.shelfLifeDays === undefined) return undefined;
  const days = terms.leadTimeDays + terms.shelfLifeDays;
  return days > LONGEST_SHELF_WINDOW_DAYS ? undefined : demandOver(outlook, days);
}
