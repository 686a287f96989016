import { type ItemTerms, problemOf } from "./item-terms";
import {
  type DemandOutlook,
  displayPacks,
  isCovered,
  lineEarningsYen,
  moneyOf,
  NO_DEMAND_UNITS,
  type OrderPlan,
  packsOf,
  type OrderView,
  planOrder,
  type Service,
  type StockState,
  valuedPacks,
  viewOf,
  yenOf,
} from "./order-plan";
import { bestPacks } from "./stock-value";

/** Why the quantity is what it is. */
export const ORDER_REASONS = [
  "demand",
  "shelf life",
  "minimum display",
  "enough stock",
  "costs more than it earns",
  "no margin",
  "no demand",
] as const;
type OrderReason = (typeof ORDER_REASONS)[number];

export interface OrderRecommendation {
  readonly packs: number;
  readonly units: number;
  readonly reason: OrderReason;
  /** Units that are there on average when the order arrives: of what keeps, all that is on hand and on order. */
  readonly position: number;
  readonly protectionDays: number;
  readonly protectionMean: number;
  /** P(demand of the protection period exceeds position + order). */
  readonly stockOutProbability: number;
  /** What the line's units earn, on average, beyond what they cost. */
  readonly expectedGainYen: number;
}

/**
 * Order at opening of day 1, delivered at opening of day 1 + lead time; the next order is `reviewDays` later, so
 * position + order must last for lead time + review period days. Old stock is assumed to sell first. Without a service
 * the order is the one that earns most.
 */
export function recommendOrder(
  terms: ItemTerms,
  outlook: DemandOutlook,
  stock: StockState,
  service?: Service,
): OrderRecommendation {
  const problem = problemOf(terms);
  if (problem) throw new RangeError(problem);
  if (!(stock.onHand + stock.onOrder >= 0)) {
    throw new RangeError(
      `stock is ${stock.onHand} on hand and ${stock.onOrder} on order, must be numbers from 0`,
    );
  }
  const plan = planOrder(terms, outlook);
  const view = viewOf(plan, stock);
  const packs = packsOf(plan, view, service);
  const units = packs * terms.packSize;
  const level = Math.min(view.position + units, view.value.highest);
  return {
    packs,
    units,
    reason: reasonOf(plan, view, service, packs),
    position: view.expected,
    protectionDays: plan.protectionDays,
    protectionMean: plan.protection.mean,
    stockOutProbability: 1 - view.value.met[level]!,
    expectedGainYen: lineEarningsYen(plan, view, units),
  };
}

function reasonOf(
  plan: OrderPlan,
  view: OrderView,
  service: Service | undefined,
  packs: number,
): OrderReason {
  const { terms, protection } = plan;
  const { value, position } = view;
  if (protection.mean < NO_DEMAND_UNITS) return "no demand";
  if (moneyOf(terms).soldYen <= 0) return "no margin";
  if (position >= value.highest) return "enough stock";
  const valued = valuedPacks(plan, view, service);
  if (packs > valued) return "minimum display";
  if (packs < Math.max(valued, displayPacks(plan, view))) return "costs more than it earns";
  if (isCovered(view)) return "enough stock";
  const keeping = bestPacks(value, { ...yenOf(terms, service), wasteYen: 0 }, position, terms.packSize);
  if (packs < keeping) return "shelf life";
  return packs > 0 ? "demand" : "enough stock";
}
