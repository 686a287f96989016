import { DAY_STATE, type SeriesDays } from "./series-days";

/**
 * How a series sells (Syntetos, Boylan and Croston 2005): by the mean interval between days with a sale and by the squared
 * coefficient of variation of what such a day sells. A series of less than four weeks is "new" whatever its sales.
 */
export const DEMAND_CLASSES = ["smooth", "erratic", "intermittent", "lumpy", "new"] as const;
export type DemandClass = (typeof DEMAND_CLASSES)[number];

const INTERVAL_DAYS = 1.32;
const SQUARED_VARIATION = 0.49;
const NEW_DAYS = 28;
/** Days up to the origin that are looked at. */
const CLASS_DAYS = 112;

/** Position in DEMAND_CLASSES of a series at an origin (position of the origin's day in the series). */
export function demandClassOf(days: SeriesDays, origin: number): number {
  let [seen, selling, sum, squares] = [0, 0, 0, 0];
  for (let i = Math.max(0, origin - CLASS_DAYS + 1); i <= origin; i++) {
    if (days.states[i] === DAY_STATE.closed) continue;
    seen++;
    const units = days.units[i]!;
    if (units === 0) continue;
    selling++;
    sum += units;
    squares += units * units;
  }
  if (seen < NEW_DAYS) return DEMAND_CLASSES.indexOf("new");
  if (selling === 0) return DEMAND_CLASSES.indexOf("intermittent");
  const mean = sum / selling;
  const varies = squares / selling / (mean * mean) - 1 >= SQUARED_VARIATION;
  const rare = seen / selling >= INTERVAL_DAYS;
  if (rare) return DEMAND_CLASSES.indexOf(varies ? "lumpy" : "intermittent");
  return DEMAND_CLASSES.indexOf(varies ? "erratic" : "smooth");
}
