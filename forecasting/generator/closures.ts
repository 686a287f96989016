import { isoDate, weekdayOf } from "../calendar/day";
import type { Changes } from "./changes";
import type { WorldStore } from "./masters";
import type { WorldDays } from "./options";
import { randomFor } from "./random";

const CLOSURES_PER_STORE_YEAR = 0.6;
const LONGEST_CLOSURE_DAYS = 6;

/**
 * 1 where a store (in order) is closed on a day: refits and typhoons, 1 to 6 days long, none after the cutoff; and what
 * the store's own changes say, after the cutoff too.
 */
export function makeClosures(
  seed: number,
  stores: readonly WorldStore[],
  days: WorldDays,
  changes: Changes,
): Uint8Array {
  const random = randomFor(seed, "closures");
  const closed = new Uint8Array(stores.length * days.knownDayCount);
  stores.forEach((_, i) => {
    for (let day = 0; day < days.dayCount; day++) {
      if (random.uniform() >= CLOSURES_PER_STORE_YEAR / 365) continue;
      const end = Math.min(days.dayCount, day + random.integer(1, LONGEST_CLOSURE_DAYS));
      closed.fill(1, i * days.knownDayCount + day, i * days.knownDayCount + end);
    }
    for (let day = 0; day < days.knownDayCount; day++) {
      if (rests(changes, i, days.firstDay + day, day)) closed[i * days.knownDayCount + day] = 1;
    }
  });
  return closed;
}

function rests(changes: Changes, store: number, day: number, index: number): boolean {
  if (index >= changes.closedFrom[store]! || weekdayOf(day) === changes.restDays[store]!) return true;
  const date = isoDate(day).slice(5);
  return changes.newYearRest[store] === 1 && (date === "12-31" || date <= "01-03");
}
