import type { MethodColumns } from "./method-list";
import { type MethodTables, type SeriesPlace, WEEKDAY_SLOTS, YEAR_WEEKS } from "./method-tables";
import { DAY_STATE, type SeriesDays } from "./series-days";

/**
 * All methods of one series from one origin, for the days after it: training, evaluation and batch scoring share this
 * definition. Nothing after the origin is read. The constants were compared on validation days (docs/adr/0057).
 */
const AVERAGE_DAYS = 28;
/** Days that the smoothed sums look back: what is older weighs less than a hundredth. */
export const LOOK_BACK_DAYS = 112;
/** Weight of the newest day in the level. */
const LEVEL_SMOOTHING = 0.05;
const CHANCE_SMOOTHING = 0.05;
const SIZE_SMOOTHING = 0.1;
/** Days of sales that the SQL baseline's level counts as on the day before a series starts; their weight decays like any day's. */
const START_DAYS = 5;
/** The same in the followed baseline, on every day: its level includes the chain's rate. */
const FOLLOWED_PRIOR_DAYS = 10;
/** Weeks back to an open weekday that the naive forecast repeats. */
const NAIVE_WEEKS = 8;
// Imported names are getter calls under tsx, and the loops below run tens of millions of times.
const { closed: CLOSED, ranOut: RAN_OUT } = DAY_STATE;
const [WEEKDAYS, WEEKS, LOOK_BACK] = [WEEKDAY_SLOTS, YEAR_WEEKS, LOOK_BACK_DAYS];

/** What the SQL baseline says of the rows to fill. */
export interface BaselineRows {
  readonly baseline: Float32Array;
  /** Units of a day that is worth 1. */
  readonly level: Float32Array;
  /** What the day is worth by calendar, weather and plans. */
  readonly factor: Float32Array;
}

/** Rows of consecutive days of one series, all after the same origin. */
export interface MethodRun {
  /** Position in the series of the last known day; negative: nothing is known of it yet. */
  readonly origin: number;
  /** Position in the series of the first row's day. */
  readonly firstTarget: number;
  /** Rows [at, at + count) of the columns. */
  readonly at: number;
  readonly count: number;
}

/** Sums over the past of an origin: units, and what the days were worth by several measures. */
interface PastSums {
  averageUnits: number;
  averageWeight: number;
  units: number;
  weekdayWeight: number;
  yearWeight: number;
  baselineWeight: number;
  /** Weight of the day before the first one. */
  memory: number;
}

export function fillMethods(
  tables: MethodTables,
  place: SeriesPlace,
  days: SeriesDays,
  run: MethodRun,
  baseline: BaselineRows,
  columns: MethodColumns,
): void {
  const weekdayAt = (place.store * tables.categoryCount + place.category) * WEEKDAYS;
  const seasonAt = place.sku * WEEKS;
  const past = sumPast(tables, days, run.origin, weekdayAt, seasonAt);
  const rare = chanceTimesSize(tables, days, run.origin, weekdayAt);
  const { calendar, seasons } = tables;
  for (let i = 0; i < run.count; i++) {
    const row = run.at + i;
    const date = days.firstDay + run.firstTarget + i - calendar.firstDay;
    const weekday = tables.weekdays[weekdayAt + calendar.weekdays[date]!]!;
    const season = seasons ? seasons[seasonAt + calendar.weeks[date]!]! : 1;
    const level = baseline.level[row]!;
    const prior = level > 0 ? START_DAYS * past.memory : 0;
    const followedPrior = level > 0 ? FOLLOWED_PRIOR_DAYS : 0;
    const units = past.units + prior * level;
    columns.zero[row] = 0;
    columns["seasonal naive"][row] = lastOpenWeekday(days, run.firstTarget + i, run.origin);
    columns["moving average"][row] = quotient(past.averageUnits, past.averageWeight) * weekday;
    columns.smoothed[row] = quotient(units, past.weekdayWeight + prior) * weekday;
    columns.intermittent[row] = rare * weekday;
    columns.yearly[row] = quotient(units, past.yearWeight + prior) * weekday * season;
    columns["SQL baseline"][row] = baseline.baseline[row]!;
    columns["followed baseline"][row] =
      quotient(past.units + followedPrior * level, past.baselineWeight + followedPrior) *
      baseline.factor[row]!;
  }
}

const quotient = (sum: number, weight: number) => (weight > 0 ? sum / weight : 0);

function sumPast(
  tables: MethodTables,
  days: SeriesDays,
  origin: number,
  weekdayAt: number,
  seasonAt: number,
): PastSums {
  const { weekdays, seasons, countsRanOut, calendar } = tables;
  const offset = days.firstDay - calendar.firstDay;
  let [averageUnits, averageWeight, units, weekdayWeight, yearWeight, baselineWeight] = [0, 0, 0, 0, 0, 0];
  let memory = 1;
  const first = Math.max(0, origin - LOOK_BACK + 1);
  for (let i = origin; i >= first; i--) {
    const state = days.states[i]!;
    if (state !== CLOSED && (state !== RAN_OUT || countsRanOut)) {
      const sold = days.units[i]!;
      const weekday = weekdays[weekdayAt + calendar.weekdays[offset + i]!]!;
      if (origin - i < AVERAGE_DAYS) {
        averageUnits += sold;
        averageWeight += weekday;
      }
      units += memory * sold;
      weekdayWeight += memory * weekday;
      yearWeight += memory * weekday * (seasons ? seasons[seasonAt + calendar.weeks[offset + i]!]! : 1);
      baselineWeight += memory * days.weights[i]!;
    }
    memory *= 1 - LEVEL_SMOOTHING;
  }
  return { averageUnits, averageWeight, units, weekdayWeight, yearWeight, baselineWeight, memory };
}

/** Teunter, Syntetos and Babai (2011): the chance is updated on every day, so it falls to zero when an item stops selling. */
function chanceTimesSize(
  { weekdays, countsRanOut, calendar }: MethodTables,
  days: SeriesDays,
  origin: number,
  weekdayAt: number,
): number {
  const offset = days.firstDay - calendar.firstDay;
  const first = Math.max(0, origin - LOOK_BACK + 1);
  // Starts from the mean of the first weeks, not from the first day: a single first sale would weigh too long.
  let { chance, size } = firstWeeks(days, first, Math.min(origin, first + AVERAGE_DAYS - 1));
  for (let i = first; i <= origin; i++) {
    const state = days.states[i]!;
    if (state === CLOSED || (state === RAN_OUT && !countsRanOut)) continue;
    const sold = days.units[i]!;
    chance += CHANCE_SMOOTHING * ((sold > 0 ? 1 : 0) - chance);
    if (sold > 0)
      size += SIZE_SMOOTHING * (sold / weekdays[weekdayAt + calendar.weekdays[offset + i]!]! - size);
  }
  return chance * size;
}

function firstWeeks(days: SeriesDays, from: number, to: number): { chance: number; size: number } {
  let [seen, selling, sum] = [0, 0, 0];
  for (let i = from; i <= to; i++) {
    if (days.states[i] === CLOSED) continue;
    seen++;
    if (days.units[i]! > 0) selling++;
    sum += days.units[i]!;
  }
  return { chance: seen > 0 ? selling / seen : 0, size: selling > 0 ? sum / selling : 0 };
}

/** Units of the same weekday of the latest known week in which the store was open on it. */
function lastOpenWeekday(days: SeriesDays, target: number, origin: number): number {
  for (let week = 1; week <= NAIVE_WEEKS; week++) {
    const i = target - 7 * week;
    if (i < 0) return 0;
    if (i <= origin && days.states[i] !== CLOSED) return days.units[i]!;
  }
  return 0;
}
