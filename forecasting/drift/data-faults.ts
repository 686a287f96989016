import type { Category } from "../../contracts/categories";

/** One store on one day: what it sold, and what was forecast for it. */
export interface StoreDay {
  readonly store: string;
  readonly area: number;
  readonly day: number;
  readonly units: number;
  readonly expected: number;
  /** Whether the store rests on this day by its opening rules. */
  readonly isClosed: boolean;
}

/** Shelf price of a SKU on the night, against its median of the four weeks before. */
export interface PriceChange {
  readonly sku: number;
  readonly category: Category;
  readonly ratio: number;
}

export type DataFault =
  | { readonly kind: "silent-store"; readonly store: string; readonly day: number; readonly expected: number }
  | {
      readonly kind: "till-clock";
      readonly store: string;
      readonly day: number;
      /** Day on which the till has booked what belongs to `day`. */
      readonly bookedOn: number;
    }
  | {
      readonly kind: "price-file";
      readonly category: Category;
      readonly day: number;
      readonly skus: number;
      readonly changedSkus: number;
      /** Median change of those that changed, 10 for ten times. */
      readonly medianRatio: number;
    };

/** Units that a day must promise before its absence says something: by chance it sells nothing less than once in 10^12. */
const ENOUGH_UNITS = 30;
/** Share of the expected units under which a day is short, over which its neighbour is swollen, and the slack of both. */
const CLOCK = { short: 0.65, swollen: 1.35, slack: 0.3 } as const;
/** When more than half of an area's stores sell less than so much of what was expected, something happened there. */
const INCIDENT = { ofExpected: 0.6, fewestStores: 2 } as const;
/**
 * A slip of the decimal point changes a few prices a lot, a tax applied twice changes all of them a little. Ordinary price
 * rounds stay under both: a fifth of a category does not change in one night.
 */
const PRICE = { wild: 2, wildShare: 0.02, any: 0.03, anyShare: 0.2, fewestSkus: 3 } as const;

/** Stores that tell what is common to a day. */
const FEWEST_STORES = 5;

type SoldAndUsual = Pick<StoreDay, "units" | "expected">;

const key = (store: string, day: number) => `${day} ${store}`;

/** Days on which an area as a whole fell far under its forecast: a typhoon, an earthquake, a blackout. No data fault. */
export function incidentDays(storeDays: readonly StoreDay[]): Map<number, Set<number>> {
  const counts = new Map<string, { day: number; area: number; stores: number; low: number }>();
  for (const { area, day, units, expected, isClosed } of storeDays) {
    if (isClosed || expected < ENOUGH_UNITS) continue;
    const at = `${day} ${area}`;
    const count = counts.get(at) ?? { day, area, stores: 0, low: 0 };
    counts.set(at, count);
    count.stores++;
    if (units < INCIDENT.ofExpected * expected) count.low++;
  }
  const days = new Map<number, Set<number>>();
  for (const { day, area, stores, low } of counts.values()) {
    if (stores < INCIDENT.fewestStores || 2 * low <= stores) continue;
    days.set(day, (days.get(day) ?? new Set<number>()).add(area));
  }
  return days;
}

/** Stores whose files stopped, and tills that book on a wrong day, in store-days of at least the last three days. */
export function storeFaults(storeDays: readonly StoreDay[]): DataFault[] {
  const incidents = incidentDays(storeDays);
  const common = commonRatios(storeDays);
  const at = new Map(
    storeDays.map((entry) => {
      const usual = entry.expected * (common.get(entry.day) ?? 1);
      return [key(entry.store, entry.day), { units: entry.units, expected: usual }];
    }),
  );
  return storeDays.flatMap((entry): DataFault[] => {
    const { store, day, units, expected, area, isClosed } = entry;
    if (isClosed || expected < ENOUGH_UNITS || incidents.get(day)?.has(area)) return [];
    const bookedOn = [day - 1, day + 1].find((other) =>
      isShifted(at.get(key(store, day))!, at.get(key(store, other))),
    );
    if (bookedOn !== undefined) return [{ kind: "till-clock", store, day, bookedOn }];
    return units === 0 ? [{ kind: "silent-store", store, day, expected }] : [];
  });
}

/**
 * What the middle store of a day sold against its forecast. On a holiday that the whole chain was not forecast for, a till with
 * a wrong clock moves more than its forecast says. A day on which half of the chain is low has other words.
 */
function commonRatios(storeDays: readonly StoreDay[]): Map<number, number> {
  const ratios = new Map<number, number[]>();
  for (const { day, units, expected, isClosed } of storeDays) {
    if (isClosed || expected < ENOUGH_UNITS) continue;
    const ofDay = ratios.get(day);
    if (ofDay) ofDay.push(units / expected);
    else ratios.set(day, [units / expected]);
  }
  return new Map(
    [...ratios].flatMap(([day, ofDay]) => {
      const middle = ofDay.sort((a, b) => a - b)[ofDay.length >> 1]!;
      return ofDay.length >= FEWEST_STORES && middle >= INCIDENT.ofExpected ? [[day, middle] as const] : [];
    }),
  );
}

/** Whether what is missing on a day is on the neighbouring one. */
function isShifted(short: SoldAndUsual, other: SoldAndUsual | undefined): boolean {
  if (other === undefined || other.expected < ENOUGH_UNITS) return false;
  const [low, high] = [short.units / short.expected, other.units / other.expected];
  const moved = short.expected - short.units;
  const surplus = other.units - other.expected;
  return (
    low <= CLOCK.short && high >= CLOCK.swollen && Math.abs(surplus - moved) <= CLOCK.slack * short.expected
  );
}

/** Categories whose price file is wrong. Offers are no change of the shelf price and never reach this. */
export function priceFaults(day: number, changes: readonly PriceChange[]): DataFault[] {
  const byCategory = new Map<Category, number[]>();
  for (const { category, ratio } of changes) {
    if (!(ratio > 0)) continue;
    byCategory.set(category, [...(byCategory.get(category) ?? []), ratio]);
  }
  return [...byCategory].flatMap(([category, ratios]): DataFault[] => {
    const least = (share: number) => Math.max(PRICE.fewestSkus, share * ratios.length);
    const wild = ratios.filter((ratio) => ratio >= PRICE.wild || ratio <= 1 / PRICE.wild);
    const any = ratios.filter((ratio) => Math.abs(ratio - 1) > PRICE.any);
    const found =
      any.length >= least(PRICE.anyShare) ? any : wild.length >= least(PRICE.wildShare) ? wild : [];
    if (found.length === 0) return [];
    const medianRatio = found.sort((a, b) => a - b)[found.length >> 1]!;
    const counts = { skus: ratios.length, changedSkus: found.length, medianRatio };
    return [{ kind: "price-file", category, day, ...counts }];
  });
}
