import { weekdayOf } from "../calendar/day";
import type { WorldStore } from "./masters";
import type { WorldDays } from "./options";
import { randomFor } from "./random";

export interface WorldEvent {
  readonly storeId: number;
  /** Position of the day in the world. */
  readonly dayIndex: number;
  readonly name: string;
  readonly size: number;
}

/** Logarithm of the factor on demand of drinks and food at size 0 to 3; other categories get half of it. */
export const EVENT_LOG_UPLIFTS = [0, 0.15, 0.3, 0.55] as const;
const NAMES = ["school sports day", "stadium match", "summer festival", "concert", "fireworks"] as const;
const WEEKEND_PROBABILITY = 0.03;
const WEEKDAY_PROBABILITY = 0.006;

export function makeEvents(seed: number, stores: readonly WorldStore[], days: WorldDays): WorldEvent[] {
  const random = randomFor(seed, "events");
  const events: WorldEvent[] = [];
  for (const { storeId } of stores) {
    for (let dayIndex = 0; dayIndex < days.knownDayCount; dayIndex++) {
      const isWeekend = weekdayOf(days.firstDay + dayIndex) >= 6;
      if (random.uniform() >= (isWeekend ? WEEKEND_PROBABILITY : WEEKDAY_PROBABILITY)) continue;
      events.push({ storeId, dayIndex, name: random.pick(NAMES), size: random.integer(1, 3) });
    }
  }
  return events;
}
