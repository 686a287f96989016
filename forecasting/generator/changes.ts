import type { WorldDays, WorldOptions } from "./options";
import { randomFor } from "./random";

/**
 * Changes as real chains have them: stores that close on a weekday or for good, items that are delisted, whose demand
 * grows or falls, and whose list price rises. Positions are those of days in the world.
 */
export interface Changes {
  /** By store: the weekday (1 Monday to 7 Sunday) on which it is closed; 0: none. */
  readonly restDays: Uint8Array;
  /** By store: 1 where it closes from 31 December to 3 January. */
  readonly newYearRest: Uint8Array;
  /** By store: first day on which it is closed for good; knownDayCount: it stays open. */
  readonly closedFrom: Int32Array;
  /** By SKU: first day on which no store sells it any more; knownDayCount where it stays. */
  readonly delistedFrom: Int32Array;
  /** By SKU: first day of the price in the master; before, it was lower by PRICE_RISE. 0: it never rose. */
  readonly risenFrom: Int32Array;
  /** By SKU: growth of the logarithm of demand in a year. */
  readonly logGrowth: Float32Array;
  /** Whether some receipts carry a wrong date. */
  readonly hasClockFaults: boolean;
}

/** Share by which a list price rises. The days before the rise are no promotion. */
export const PRICE_RISE = 0.1;

const STORES = { resting: 0.3, newYear: 0.2, closing: 0.08 } as const;
const PRODUCTS = { delisted: 0.06, risen: 0.25, trending: 0.2 } as const;
const GROWTH_A_YEAR = 0.8;
/** Share of the history, at its end, in which stores close and items are delisted: earlier ones would not be in the evaluation. */
const LAST_PART = 0.35;
/** Days between the latest such change and the cutoff: enough data to detect it. */
const NOTICED_DAYS = 35;

export function makeChanges(options: WorldOptions, days: WorldDays): Changes {
  const { stores, skus, seed } = options;
  const { knownDayCount, dayCount } = days;
  const random = randomFor(seed, "changes");
  const happens = (share: number) => options.unsteady === true && random.uniform() < share;
  const latest = Math.max(1, dayCount - NOTICED_DAYS);
  const lateDay = () => random.integer(Math.min(latest, Math.floor(dayCount * (1 - LAST_PART))), latest);
  const each = (count: number) => Array.from({ length: count });
  return {
    restDays: Uint8Array.from(each(stores), () => (happens(STORES.resting) ? random.integer(1, 7) : 0)),
    newYearRest: Uint8Array.from(each(stores), () => Number(happens(STORES.newYear))),
    closedFrom: Int32Array.from(each(stores), () => (happens(STORES.closing) ? lateDay() : knownDayCount)),
    delistedFrom: Int32Array.from(each(skus), () => (happens(PRODUCTS.delisted) ? lateDay() : knownDayCount)),
    risenFrom: Int32Array.from(each(skus), () =>
      happens(PRODUCTS.risen) ? random.integer(1, Math.max(1, dayCount - 1)) : 0,
    ),
    logGrowth: Float32Array.from(each(skus), () =>
      happens(PRODUCTS.trending) ? GROWTH_A_YEAR * (2 * random.uniform() - 1) : 0,
    ),
    hasClockFaults: options.unsteady === true,
  };
}
