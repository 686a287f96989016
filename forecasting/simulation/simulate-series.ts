import type { StockState } from "../ordering/order-plan";

/** Days on which one store and item are simulated, and what happened to its stock. Units unless said. */
export interface SeriesOutcome {
  readonly days: number;
  readonly demand: number;
  readonly sold: number;
  readonly delivered: number;
  readonly wasted: number;
  /** Days that ended with demand unserved. */
  readonly stockOutDays: number;
  readonly lost: number;
  /** Sum over days of the stock at closing. */
  readonly closingStock: number;
}

export interface SeriesQuestion {
  /** Demand of each simulated day, sales had the shelf been full. */
  readonly demand: ArrayLike<number>;
  /** Units on the shelf at the first opening, all fresh. */
  readonly openingStock: number;
  readonly leadTimeDays: number;
  readonly reviewDays: number;
  /** @default keeps for the whole simulation */
  readonly shelfLifeDays?: number;
  /** First days that only warm the stock up and are not counted. @default 0 */
  readonly warmUpDays?: number;
  /** Units to order before the opening of `day`, with what is on the shelf and what was ordered before. */
  readonly order: (day: number, stock: StockState) => number;
}

interface Batch {
  units: number;
  /** First day on which the batch may not be sold any more. */
  readonly expires: number;
}

/** Where the stock stands after the last simulated day. */
export interface FinalStock {
  readonly onHand: number;
  readonly onOrder: number;
}

/**
 * One item in one store, day by day: order, take delivery, sell (oldest first, as staff rotate the shelf), throw
 * away at closing what expires. Pure bookkeeping: the policy is the `order` function, so two policies can be compared
 * on the very same demand.
 */
export function runSeries(question: SeriesQuestion): { outcome: SeriesOutcome; final: FinalStock } {
  const shelfLife = question.shelfLifeDays ?? Infinity;
  const batches: Batch[] = [{ units: question.openingStock, expires: shelfLife }];
  const arrivals = new Map<number, number>();
  const outcome = {
    days: 0,
    demand: 0,
    sold: 0,
    delivered: 0,
    wasted: 0,
    stockOutDays: 0,
    lost: 0,
    closingStock: 0,
  };
  for (let day = 0; day < question.demand.length; day++) {
    placeOrder(question, batches, arrivals, day);
    const arrived = receive(batches, arrivals, day, shelfLife);
    const demand = question.demand[day]!;
    const sold = sell(batches, demand);
    const wasted = expire(batches, day);
    if (day < (question.warmUpDays ?? 0)) continue;
    outcome.days++;
    outcome.demand += demand;
    outcome.sold += sold;
    outcome.delivered += arrived;
    outcome.wasted += wasted;
    outcome.lost += demand - sold;
    outcome.stockOutDays += sold < demand ? 1 : 0;
    outcome.closingStock += stockOf(batches);
  }
  return { outcome, final: { onHand: stockOf(batches), onOrder: underWay(arrivals) } };
}

export const simulateSeries = (question: SeriesQuestion): SeriesOutcome => runSeries(question).outcome;

const underWay = (arrivals: ReadonlyMap<number, number>) =>
  [...arrivals.values()].reduce((sum, units) => sum + units, 0);
const stockOf = (batches: readonly Batch[]) => batches.reduce((sum, { units }) => sum + units, 0);

function receive(batches: Batch[], arrivals: Map<number, number>, day: number, shelfLife: number): number {
  const units = arrivals.get(day) ?? 0;
  arrivals.delete(day);
  if (units > 0) batches.push({ units, expires: day + shelfLife });
  return units;
}

function placeOrder(
  question: SeriesQuestion,
  batches: Batch[],
  arrivals: Map<number, number>,
  day: number,
): void {
  if (day % question.reviewDays !== 0) return;
  const due = day + question.leadTimeDays;
  const onOrder = underWay(arrivals);
  const lasting = stockOf(batches.filter(({ expires }) => expires > due));
  // A delivery of the days before sells for a whole shelf life: it is there on the day this order arrives, too.
  const arriving =
    (question.shelfLifeDays ?? Infinity) > question.leadTimeDays ? onOrder : (arrivals.get(due) ?? 0);
  const units = question.order(day, {
    onHand: stockOf(batches),
    onOrder,
    usableOnArrival: lasting + arriving,
  });
  if (units > 0) arrivals.set(due, units + (arrivals.get(due) ?? 0));
}

function sell(batches: Batch[], demand: number): number {
  let open = demand;
  for (const batch of batches) {
    const units = Math.min(batch.units, open);
    batch.units -= units;
    open -= units;
    if (open === 0) break;
  }
  while (batches[0]?.units === 0) batches.shift();
  return demand - open;
}

/** Takes off the shelf, at closing of `day`, what may not be sold tomorrow. */
function expire(batches: Batch[], day: number): number {
  let wasted = 0;
  while (batches[0] !== undefined && batches[0].expires <= day + 1) wasted += batches.shift()!.units;
  return wasted;
}
