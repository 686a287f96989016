import type { WorldStore } from "./masters";
import type { WorldDays } from "./options";
import { randomFor } from "./random";

const CLOSURES_PER_STORE_YEAR = 0.6;
const LONGEST_CLOSURE_DAYS = 6;

/** 1 where a store (in order) was closed on a day: refits and typhoons, 1 to 6 days long, none after the cutoff. */
export function makeClosures(seed: number, stores: readonly WorldStore[], days: WorldDays): Uint8Array {
  const random = randomFor(seed, "closures");
  const closed = new Uint8Array(stores.length * days.knownDayCount);
  stores.forEach((_, i) => {
    for (let day = 0; day < days.dayCount; day++) {
      if (random.uniform() >= CLOSURES_PER_STORE_YEAR / 365) continue;
      const end = Math.min(days.dayCount, day + random.integer(1, LONGEST_CLOSURE_DAYS));
      closed.fill(1, i * days.knownDayCount + day, i * days.knownDayCount + end);
    }
  });
  return closed;
}
