import { cumulative, quantile, type CountDistribution, walk } from "../distribution/count-distribution";
import { criticalRatio, type UnitCosts } from "./item-terms";

export interface PackQuestion {
  /** Demand over the protection period (lead time + review period). */
  readonly protection: CountDistribution;
  /** Demand until a unit ordered now expires; undefined: it does not perish. */
  readonly shelf?: CountDistribution;
  /** Usable stock on hand plus on order. */
  readonly position: number;
  readonly packSize: number;
  readonly costs: UnitCosts;
  /** No unit above this level is ordered: the shelf-life cap. @default no cap */
  readonly cap?: number;
}

/** P(D >= m) for m = 0..highest. */
function survival(distribution: CountDistribution, highest: number): Float64Array {
  const tail = new Float64Array(highest + 1);
  let next = 0;
  walk(distribution, (k, probability, below) => {
    for (; next <= Math.min(k, highest); next++) tail[next] = Math.max(0, 1 - below + probability);
    return next <= highest;
  });
  return tail;
}

/**
 * Packs to order: one more while the units of that pack together still pay, unit by unit
 * Cu P(D_protection >= position + j) - Cw P(D_shelf < position + j) - Ch P(D_protection < position + j).
 * Rounding the best single-unit level up (or down) to packs is not the same and costs money at both ends.
 */
export function packsThatPay(question: PackQuestion): { packs: number; gainsYen: number[] } {
  const { protection, shelf, position, packSize, costs, cap = Infinity } = question;
  const reach = quantile(protection, 0.999) + packSize;
  const highest = Math.max(0, Math.ceil(position)) + reach + packSize;
  const needed = survival(protection, highest);
  const unspoiled = shelf && survival(shelf, highest);
  const gainsYen: number[] = [];
  for (let packs = 0; ; packs++) {
    const from = Math.ceil(position) + packs * packSize;
    if (from + packSize > highest) return { packs, gainsYen };
    let gain = 0;
    for (let unit = from + 1; unit <= from + packSize; unit++) {
      const level = Math.max(0, unit);
      const waste = unspoiled ? costs.wasteYen * (1 - unspoiled[level]!) : 0;
      gain += costs.underageYen * needed[level]! - costs.holdingYen * (1 - needed[level]!) - waste;
    }
    gainsYen.push(gain);
    if (gain < 0 || costs.underageYen <= 0 || from + packSize > cap) return { packs, gainsYen };
  }
}

/** Newsvendor order-up-to level for single units: the smallest stock that meets all demand with the critical ratio. */
export function orderUpToLevel(
  protection: CountDistribution,
  underageYen: number,
  overageYen: number,
): number {
  const ratio = criticalRatio(underageYen, overageYen);
  return ratio === 0 ? 0 : quantile(protection, Math.min(ratio, 0.999));
}

/** Highest stock whose last unit expires with less than this probability: P(D_shelf <= s - 1) < allowed. */
export function shelfLifeCap(shelf: CountDistribution, maximumWasteProbability: number): number {
  return quantile(shelf, Math.min(Math.max(maximumWasteProbability, 0), 0.999));
}

/** P(D > stock): the chance that the period's demand is not met in full. */
export function stockOutProbability(protection: CountDistribution, stock: number): number {
  return 1 - cumulative(protection, stock);
}
