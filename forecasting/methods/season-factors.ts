import { weekOfYear, YEAR_WEEKS } from "./method-tables";

/** Weeks of seven days of one SKU or category, the newest first: entry 0 ends on the last known day. */
export interface WeeklySums {
  /** Day number of the last day of entry 0. */
  readonly lastDay: number;
  readonly units: Float64Array;
  /** What the open days of the week were worth, a store's mean day being 1; 0: nothing is known of the week. */
  readonly weight: Float64Array;
}

/** A season is learned when every week of a year was seen. */
export const SEASON_DAYS = 364;
const SEASON_WEEKS = 52;
/** Units as in the year's mean that a week counts as seen: a category's, and an item's against its category. */
export const SEASON_PRIOR_UNITS = { category: 100, item: 3000 } as const;
/** Years without a season that the seen ones are held against: one year may have been unusual. */
const PRIOR_YEARS = 1;
/** Bounds of a year's growth factor: beyond them the store itself has changed. */
const GROWTH = { lowest: 0.5, highest: 2 } as const;
/** Weights of a week and its neighbours: seasons do not start on a week's first day. */
const NEIGHBOURS = [
  [-1, 0.5],
  [0, 1],
  [1, 0.5],
] as const;
/** Rounds of level and season: the second moves a factor by less than a percent. */
const ROUNDS = 2;

/** Week of the year that entry `week` of the sums stands for: that of its middle day. */
const slotOf = ({ lastDay }: WeeklySums, week: number) => weekOfYear(lastDay - 7 * week - 3);

/** No season. */
const flatSeason = () => new Float64Array(YEAR_WEEKS).fill(1);

/**
 * What each week of the year is worth against its year, YEAR_WEEKS values: sold to expected, expected from the level, a
 * steady growth and the prior's season; pulled to the prior by units and by the number of years seen.
 */
export function fitSeason(
  sums: WeeklySums,
  priorUnits: number,
  prior: Float64Array = flatSeason(),
): Float64Array {
  const growth = growthOf(sums, priorUnits);
  const years = sums.weight.reduce((seen, weight) => seen + (weight > 0 ? 1 : 0), 0) / SEASON_WEEKS;
  const trust = years / (years + PRIOR_YEARS);
  let season = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const { sold, expected } = bySlot(sums, growth, prior, season);
    season = prior.map((value, slot) => {
      let [a, b] = [priorUnits, priorUnits];
      for (const [offset, share] of NEIGHBOURS) {
        const near = (slot + offset + YEAR_WEEKS) % YEAR_WEEKS;
        a += share * sold[near]!;
        b += share * expected[near]!;
      }
      return value * (a / b) ** trust;
    });
  }
  return season;
}

/** Rate of a year against the year before, over the weeks that were seen in both; 1 where there are none. */
function growthOf({ units, weight }: WeeklySums, priorUnits: number): number {
  let [newer, older] = [0, 0];
  for (let week = 0; week + SEASON_WEEKS < units.length; week++) {
    const before = week + SEASON_WEEKS;
    if (weight[week] === 0 || weight[before] === 0) continue;
    newer += units[week]!;
    older += (units[before]! / weight[before]!) * weight[week]!;
  }
  const ratio = (newer + priorUnits) / (older + priorUnits);
  return Math.min(Math.max(ratio, GROWTH.lowest), GROWTH.highest);
}

/** Sold and expected units by week of the year: the level is such that both are the same over all weeks. */
function bySlot(sums: WeeklySums, growth: number, prior: Float64Array, season: Float64Array) {
  const sold = new Float64Array(YEAR_WEEKS);
  const expected = new Float64Array(YEAR_WEEKS);
  let [units, worth] = [0, 0];
  const trend = (week: number) => growth ** (-week / SEASON_WEEKS);
  sums.weight.forEach((weight, week) => {
    units += sums.units[week]!;
    worth += weight * trend(week) * season[slotOf(sums, week)]!;
  });
  const level = worth > 0 ? units / worth : 0;
  sums.weight.forEach((weight, week) => {
    const slot = slotOf(sums, week);
    sold[slot]! += sums.units[week]!;
    expected[slot]! += weight * trend(week) * level * prior[slot]!;
  });
  return { sold, expected };
}
