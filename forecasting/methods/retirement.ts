import { DAY_STATE, type SeriesDays } from "./series-days";

/** Open days without a sale before anything is concluded: a stock-out or a holiday is shorter. */
const SILENT_DAYS = 28;
/** Days before the silence that tell how often the item used to sell. */
const HABIT_DAYS = 84;
/** A silence that the item's habit would show less often than this has a reason. */
const CHANCE = 1e-4;

/**
 * Whether a series has stopped selling at an origin (position of the origin's day in the series): so many open days in a
 * row without a sale that its habit before does not explain them. Closed days neither break nor lengthen a silence.
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
  // Nothing sold at all as far back as the history reaches: there is no demand to speak of.
  if (seen === 0) return true;
  return (1 - selling / (seen + 1)) ** silent < CHANCE;
}
