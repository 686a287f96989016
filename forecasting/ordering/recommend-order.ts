import { type CountDistribution, countDistribution, expectedLeft } from "../distribution/count-distribution";
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
  /** Units of both that may still be sold when today's order arrives. Matters for short shelf lives. @default all */
  readonly usableOnArrival?: number;
}

/** Why the quantity is what it is. */
type OrderReason =
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

/** Up to this shelf life, stock of today does not stand for stock of the delivery day: see `orderSituation`. */
const SHORT_LIFE_DAYS = 7;

/** Perishables beyond this many days are planned as if they kept: the outlook repeats its week that far only. */
const LONGEST_SHELF_WINDOW_DAYS = 28;

/** Demand of the first `days` days; beyond the outlook's end its days repeat (weekday by weekday for a week). */
export function demandOver(outlook: DemandOutlook, days: number, firstDay = 0): CountDistribution {
  const length = outlook.means.length;
  if (length === 0 || days === 0) return countDistribution(0, 0);
  const at = (values: ArrayLike<number>) =>
    Array.from({ length: days }, (_, day) => values[(firstDay + day) % length]!);
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
  if (!(stock.onHand + stock.onOrder >= 0)) {
    throw new RangeError(
      `stock is ${stock.onHand} on hand and ${stock.onOrder} on order, must be numbers from 0`,
    );
  }
  const situation = orderSituation(terms, outlook, stock);
  const chosen = choosePacks(terms, situation);
  const units = chosen.packs * terms.packSize;
  return {
    ...chosen,
    units,
    position: situation.position,
    protectionDays: situation.protectionDays,
    protectionMean: situation.protection.mean,
    stockOutProbability: stockOutProbability(situation.protection, situation.position + units),
  };
}

/** The days that an order answers for, what is there for them, and the demand until its units expire. */
interface OrderSituation {
  readonly protection: CountDistribution;
  readonly protectionDays: number;
  readonly shelf?: CountDistribution;
  readonly position: number;
}

/**
 * What keeps is planned over lead time + review period on the whole stock position. What expires within a week is
 * planned from its delivery on: the stock then is what today's stock leaves over and may still be sold, for units that
 * expire tonight meet no demand of tomorrow.
 */
function orderSituation(terms: ItemTerms, outlook: DemandOutlook, stock: StockState): OrderSituation {
  const { leadTimeDays, reviewDays, shelfLifeDays } = terms;
  const position = Math.max(0, stock.onHand + stock.onOrder);
  if (shelfLifeDays !== undefined && shelfLifeDays <= SHORT_LIFE_DAYS) {
    const before = demandOver(outlook, leadTimeDays);
    const usable = stock.usableOnArrival ?? position;
    return {
      protection: demandOver(outlook, reviewDays, leadTimeDays),
      protectionDays: reviewDays,
      shelf: demandOver(outlook, shelfLifeDays, leadTimeDays),
      position: Math.min(usable, Math.round(expectedLeft(before, position))),
    };
  }
  const protectionDays = leadTimeDays + reviewDays;
  const days = leadTimeDays + (shelfLifeDays ?? Infinity);
  const shelf = days > LONGEST_SHELF_WINDOW_DAYS ? undefined : demandOver(outlook, days);
  return { protection: demandOver(outlook, protectionDays), protectionDays, shelf, position };
}

function choosePacks(
  terms: ItemTerms,
  { protection, shelf, position }: OrderSituation,
): { packs: number; reason: OrderReason } {
  const costs = unitCosts(terms);
  const cap = shelf && shelfLifeCap(shelf, terms.maximumWasteProbability ?? DEFAULT_WASTE_PROBABILITY);
  const { packSize } = terms;
  const free = packsThatPay({ protection, position, packSize, costs });
  const paid = shelf ? packsThatPay({ protection, shelf, position, packSize, costs, cap }) : free;
  // A full shelf of what expires before it sells is waste on show: only units that rather sell than expire are shown.
  const display = Math.min(terms.minimumDisplay ?? 0, shelf ? shelfLifeCap(shelf, 0.5) : Infinity);
  const displayed = Math.max(0, Math.ceil((display - position) / packSize));
  if (displayed > paid.packs) return { packs: displayed, reason: "minimum display" };
  if (paid.packs > 0)
    return { packs: paid.packs, reason: paid.packs < free.packs ? "shelf life" : "newsvendor" };
  if (protection.mean === 0) return { packs: 0, reason: "no demand" };
  if (costs.underageYen <= 0) return { packs: 0, reason: "no margin" };
  return { packs: 0, reason: free.packs > 0 ? "shelf life" : "enough stock" };
}
