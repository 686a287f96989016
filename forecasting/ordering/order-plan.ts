import { type CountDistribution, countDistribution } from "../distribution/count-distribution";
import { cumulativeTable } from "../distribution/count-table";
import { DEFAULT_WASTE_PROBABILITY, type ItemTerms, unitCosts } from "./item-terms";
import { shelfLifeCap } from "./shelf-life-cap";
import { averageValue, bestPacks, type StockValue, stockValue, type UnitYen } from "./stock-value";

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

/** Up to this shelf life, stock of today does not stand for stock of the delivery day. */
const SHORT_LIFE_DAYS = 7;
/** Items with a longer shelf life are planned as if they did not expire: the outlook is one week, repeated. */
const LONGEST_SHELF_WINDOW_DAYS = 28;
/**
 * Stock covers the demand of its protection period when it falls short of it in at most this share of periods: the order
 * can wait for the next review. By money alone it could wait at 1 %; this share leaves the chain within its KPI lines (docs/adr/0118).
 */
const COVERED_SHORTFALL = 0.003;
/** Mean demand of the protection period, in units, below which nothing is ordered. */
export const NO_DEMAND_UNITS = 0.01;

/**
 * Everything about one morning's order of one item that does not depend on the stock: built once, asked for many stocks
 * and service levels.
 *
 * Items that keep are planned over lead time + review period on the whole stock position. Items that expire within a week
 * are planned from their delivery on: the stock then is what is left of today's stock and may still be sold.
 */
export interface OrderPlan {
  readonly terms: ItemTerms;
  readonly protection: CountDistribution;
  readonly protectionDays: number;
  readonly value: StockValue;
  readonly perishes: boolean;
  /** Level above which a unit rather expires than is sold: no order goes beyond. */
  readonly cap: number;
  /** P(D <= k) of the days before the delivery, for short shelf lives. */
  readonly before?: Float64Array;
  /** Units to show on the shelf, as far as they can be sold in time. */
  readonly display: number;
}

const TAIL = 1e-4;
/** Two stocks below this are one key without a clash: their product stays a whole number. */
const MOST_UNITS = 2 ** 26;

export function planOrder(terms: ItemTerms, outlook: DemandOutlook): OrderPlan {
  const { leadTimeDays, reviewDays, shelfLifeDays, packSize } = terms;
  const isShort = shelfLifeDays !== undefined && shelfLifeDays <= SHORT_LIFE_DAYS;
  const protectionDays = isShort ? reviewDays : leadTimeDays + reviewDays;
  const protection = demandOver(outlook, protectionDays, isShort ? leadTimeDays : 0);
  const shelf = shelfDemand(terms, outlook, isShort);
  const cap = shelf
    ? shelfLifeCap(shelf, terms.maximumWasteProbability ?? DEFAULT_WASTE_PROBABILITY)
    : Infinity;
  return {
    terms,
    protection,
    protectionDays,
    value: stockValue(protection, shelf, packSize),
    perishes: shelf !== undefined,
    cap,
    before: isShort ? cumulativeTable(demandOver(outlook, leadTimeDays), TAIL, 0) : undefined,
    // No more is displayed than sells before it expires with a probability of one half.
    display: Math.min(terms.minimumDisplay ?? 0, shelf ? shelfLifeCap(shelf, 0.5) : Infinity),
  };
}

/** Demand until a unit ordered now expires; undefined when that is too far away to matter. */
function shelfDemand(
  { leadTimeDays, shelfLifeDays }: ItemTerms,
  outlook: DemandOutlook,
  isShort: boolean,
): CountDistribution | undefined {
  if (shelfLifeDays === undefined) return undefined;
  if (isShort) return demandOver(outlook, shelfLifeDays, leadTimeDays);
  const days = leadTimeDays + shelfLifeDays;
  return days > LONGEST_SHELF_WINDOW_DAYS ? undefined : demandOver(outlook, days);
}

/** A stock as an order sees it: what each level above `position` is worth. */
export interface OrderView {
  readonly value: StockValue;
  /** Whole units that the order builds on; levels of `value` count from 0. */
  readonly position: number;
  /** Units that are there on average when the order arrives. */
  readonly expected: number;
}

/** What keeps counts in full. Of what expires soon, only what the days before the delivery leave over, by chance. */
export const viewOf = (plan: OrderPlan, stock: StockState): OrderView => viewOfUnits(plan, wholeUnits(stock));

/**
 * Views for a plan that is asked for packs again and again: orders of other service levels often meet the same stock. They
 * end at the level that no order goes beyond.
 */
export function rememberedViews(plan: OrderPlan): (stock: StockState) => OrderView {
  const known = new Map<number, OrderView>();
  return (stock) => {
    const whole = wholeUnits(stock);
    const key = whole.units * MOST_UNITS + whole.usable;
    const view = known.get(key) ?? viewOfUnits(plan, whole, reachOf(plan));
    if (plan.before) known.set(key, view);
    return view;
  };
}

function wholeUnits({ onHand, onOrder, usableOnArrival }: StockState): { units: number; usable: number } {
  const units = Math.max(0, Math.ceil(onHand + onOrder));
  return { units, usable: Math.min(units, Math.ceil(usableOnArrival ?? units)) };
}

/** Most units that an order is made of when so many are expected to be there: up to the cap, or the display, in whole packs. */
const reachOf =
  ({ cap, display, value, terms }: OrderPlan) =>
  (expected: number) =>
    Math.min(value.highest, Math.max(0, Math.ceil(Math.max(cap, display) - expected) + terms.packSize));

function viewOfUnits(
  { before, value }: OrderPlan,
  { units, usable }: ReturnType<typeof wholeUnits>,
  reach: (expected: number) => number = () => value.highest,
): OrderView {
  if (!before) return { value, position: units, expected: units };
  const chances = new Float64Array(usable + 1);
  let expected = 0;
  const below = (k: number) => (k < 0 ? 0 : before[Math.min(k, before.length - 1)]!);
  for (let left = 0; left <= usable; left++) {
    // L units are left when the demand was units - L; at most `usable` of them may still be sold, at least none is left.
    const atLeast = left === 0 ? 1 : below(units - left);
    chances[left] = atLeast - (left === usable ? 0 : below(units - left - 1));
    expected += left * chances[left]!;
  }
  return { value: averageValue(value, chances, reach(expected)), position: 0, expected };
}

/** How much one yen of service counts against one yen of waste: the multiplier that all items of a chain share. */
export interface Service {
  readonly multiplier: number;
}

/** What a unit earns and costs in money, without any weight on service. */
export function moneyOf(terms: ItemTerms): UnitYen {
  const { underageYen, wasteYen, holdingYen } = unitCosts(terms);
  return { soldYen: underageYen, metYen: 0, wasteYen, holdingYen };
}

/**
 * What a plan weighs: a period without an unserved customer as much as the item costs, times the multiplier, against waste
 * and holding. Every item then gives the same number of wasted units for one stock-out day less, which is what the smallest
 * waste for a given share of stock-out days needs (docs/adr/0060). Without a service it weighs money alone.
 */
export function yenOf(terms: ItemTerms, service: Service | undefined): UnitYen {
  const money = moneyOf(terms);
  return service ? { ...money, soldYen: 0, metYen: service.multiplier * terms.costYen } : money;
}

/** Packs by weighed value, or by money alone without a service; then no more than the line earns its cost with. */
export function packsOf(plan: OrderPlan, view: OrderView, service: Service | undefined): number {
  const { terms, protection } = plan;
  const { value, position } = view;
  if (position >= value.highest || protection.mean < NO_DEMAND_UNITS || moneyOf(terms).soldYen <= 0) return 0;
  let packs = Math.max(valuedPacks(plan, view, service), displayPacks(plan, view));
  while (packs > 0 && lineEarningsYen(plan, view, packs * terms.packSize) < 0) packs--;
  return packs;
}

/** Whether what is there and under way meets the demand, but for COVERED_SHORTFALL. */
export function isCovered({ value, position }: OrderView): boolean {
  return value.met[Math.min(position, value.highest)]! >= 1 - COVERED_SHORTFALL;
}

/** Packs that the demand is worth, up to the shelf life's cap; none while the stock covers it. */
export function valuedPacks(
  { terms, cap }: OrderPlan,
  view: OrderView,
  service: Service | undefined,
): number {
  if (isCovered(view)) return 0;
  const { value, position, expected } = view;
  return bestPacks(value, yenOf(terms, service), position, terms.packSize, cap - (expected - position));
}

/**
 * What the units of one order line bring in, on average, beyond what they cost: margin of those that are sold, the loss of
 * those that expire before, and the holding cost of all of them until it is their turn.
 */
export function lineEarningsYen(plan: OrderPlan, view: OrderView, units: number): number {
  const { terms, protection, protectionDays } = plan;
  const { value, position, expected } = view;
  const { soldYen, wasteYen, holdingYen } = moneyOf(terms);
  const from = Math.min(position, value.highest);
  const wasted = value.wasted[Math.min(from + units, value.highest)]! - value.wasted[from]!;
  const periods = (expected + units / 2) / Math.max(protection.mean, NO_DEMAND_UNITS);
  const lasting = plan.perishes ? Math.min(periods, (terms.shelfLifeDays ?? 0) / protectionDays) : periods;
  return soldYen * (units - wasted) - wasteYen * wasted - holdingYen * lasting * units;
}

export function displayPacks(
  { display, terms }: OrderPlan,
  { value, position, expected }: OrderView,
): number {
  const packs = Math.max(0, Math.ceil((display - expected) / terms.packSize));
  const within = Math.floor((value.highest - position) / terms.packSize);
  return Math.min(packs, Math.max(within, 0));
}

/** Demand of `days` days from the outlook's day `firstDay` on; beyond the outlook's end its days repeat. */
export function demandOver(outlook: DemandOutlook, days: number, firstDay = 0): CountDistribution {
  const { means, deviations, dayCorrelation } = outlook;
  const length = means.length;
  let [mean, variance, carried] = [0, 0, 0];
  // var = sum s_i^2 + 2 sum_(i<j) rho^(j-i) s_i s_j; `carried` is sum_(i<j) rho^(j-i) s_i.
  for (let day = 0; day < days && length > 0; day++) {
    const at = (firstDay + day) % length;
    const deviation = deviations[at]!;
    mean += means[at]!;
    variance += deviation * (deviation + 2 * carried);
    carried = dayCorrelation * (carried + deviation);
  }
  return countDistribution(mean, variance);
}
