import { cumulativeTable } from "../distribution/count-table";
import type { CountDistribution } from "../distribution/count-distribution";

/** What a stock position of S units is worth until the next order, for S = 0 to `highest`; all in units or shares. */
export interface StockValue {
  readonly highest: number;
  /** P(D <= S): the protection period ends without an unserved customer. */
  readonly met: Float64Array;
  /** E min(D, S): units sold in the protection period. */
  readonly served: Float64Array;
  /** Units that expire, on average, before they are sold; all 0 for what keeps. */
  readonly wasted: Float64Array;
}

/** Probability that is left beyond the highest position: no order goes there. */
const TAIL = 1e-4;

/** `slack` is the units beyond the highest demand that an order may still reach: a pack. */
export function stockValue(
  protection: CountDistribution,
  shelf: CountDistribution | undefined,
  slack: number,
): StockValue {
  const met = cumulativeTable(protection, TAIL, slack);
  const highest = met.length - 1;
  const served = new Float64Array(highest + 1);
  const wasted = new Float64Array(highest + 1);
  const unspoiled = shelf && cumulativeTable(shelf, TAIL, slack);
  for (let s = 1; s <= highest; s++) {
    // The s-th unit is sold when the demand is at least s, and expires when the demand until then is at most s - 1.
    served[s] = served[s - 1]! + 1 - met[s - 1]!;
    const expires = unspoiled ? (s - 1 < unspoiled.length ? unspoiled[s - 1]! : 1) : 0;
    wasted[s] = wasted[s - 1]! + expires;
  }
  return { highest, met, served, wasted };
}

/**
 * The value of an order on top of a stock of 0, 1, … units with these chances; levels count the order alone, up to
 * `mostLevels`. Half of a simulation's time: plain loops with the three sums of a level in registers, to the end of the tables and beyond it, where
 * their last values stand.
 */
export function averageValue(
  { highest, met, served, wasted }: StockValue,
  chances: Float64Array,
  mostLevels = highest,
): StockValue {
  const average = {
    highest: mostLevels,
    met: new Float64Array(mostLevels + 1),
    served: new Float64Array(mostLevels + 1),
    wasted: new Float64Array(mostLevels + 1),
  };
  let first = 0;
  while (first < chances.length && chances[first] === 0) first++;
  for (let level = 0; level <= mostLevels; level++) {
    let metSum = 0;
    let servedSum = 0;
    let wastedSum = 0;
    let stock = first;
    for (const end = Math.min(chances.length, highest + 1 - level); stock < end; stock++) {
      const chance = chances[stock]!;
      metSum += chance * met[level + stock]!;
      servedSum += chance * served[level + stock]!;
      wastedSum += chance * wasted[level + stock]!;
    }
    for (; stock < chances.length; stock++) {
      const chance = chances[stock]!;
      metSum += chance * met[highest]!;
      servedSum += chance * served[highest]!;
      wastedSum += chance * wasted[highest]!;
    }
    average.met[level] = metSum;
    average.served[level] = servedSum;
    average.wasted[level] = wastedSum;
  }
  return average;
}

/** What one unit and one period are worth, in yen. */
export interface UnitYen {
  /** Gained by a unit that is sold. */
  readonly soldYen: number;
  /** Gained by a protection period without an unserved customer. */
  readonly metYen: number;
  /** Lost by a unit that expires. */
  readonly wasteYen: number;
  /** Lost by a unit that waits for the next period. */
  readonly holdingYen: number;
}

/** Yen gained by going from `position` up to `level`; both within the table. */
export function gainYen(value: StockValue, yen: UnitYen, position: number, level: number): number {
  const sold = value.served[level]! - value.served[position]!;
  const met = value.met[level]! - value.met[position]!;
  const wasted = value.wasted[level]! - value.wasted[position]!;
  return (
    yen.soldYen * sold + yen.metYen * met - yen.wasteYen * wasted - yen.holdingYen * (level - position - sold)
  );
}

/** Packs whose gain is the highest; the fewest on a tie. Levels beyond `cap` are not considered. */
export function bestPacks(
  value: StockValue,
  yen: UnitYen,
  position: number,
  packSize: number,
  cap = Infinity,
): number {
  const from = Math.max(0, Math.ceil(position));
  let best = 0;
  let highestGain = 0;
  for (let packs = 1; from + packs * packSize <= Math.min(value.highest, cap + packSize - 1); packs++) {
    const gain = gainYen(value, yen, from, from + packs * packSize);
    if (gain > highestGain + 1e-9) [best, highestGain] = [packs, gain];
  }
  return best;
}
