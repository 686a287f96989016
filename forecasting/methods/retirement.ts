import { DAY_STATE, type SeriesDays } from "./series-days";

/** Fewest open days without a sale: stock-outs and holidays are shorter. */
const SILENT_DAYS = 28;
/** Days before those from which the item's former share of days with a sale is taken. */
const HABIT_DAYS = 84;
/** Probability of so many days without a sale, at the former share, below which the item counts as stopped. */
const CHANCE = 1e-4;

/**
 * Whether a series has stopped selling at an origin (position of the origin's day in the series): so many open days in a
 * row without a sale are improbable at its former share of days with a sale. Closed days do not count.
 */
export function hasStopped(days: SeriesDays, origin: number): boolean {
  let silent = 0;
  let i = origin;
  for (; i >= 0 && days.units[i] === 0; i--) if (days.states[i] !== DAY_STATE.closed) silent++;
  if (silent < SILENT_DAYS) return false;
  let [seen, selling] = [0, 0];
  for (; i >= 0 && seen < HABIT_DAYS; i--) {
    if (days.states[i] === DAY_STATE.closed) continue;
    seen++;
    if (days.units[i]! > 0) selling++;
  }
  // No sale in the whole history.
  if (seen === 0) return true;
  return (1 - selling / (seen + 1)) ** silent < CHANCE;
}
