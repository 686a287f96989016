import type { MethodColumns } from "../methods/method-list";
import { CANDIDATES, type Mixture } from "./mixture";

/** Rows of validation days to choose on, in the order series, day. */
export interface SelectionRows {
  readonly rowCount: number;
  /** Group of each row: a category's demand class. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Week of each row (0, 1, …), and a number that is the same for all rows of one series. */
  readonly weeks: Int32Array;
  readonly series: Int32Array;
  /** NaN where nobody knows the demand. */
  readonly units: Float32Array;
  readonly methods: MethodColumns;
}

/** Absolute errors of one candidate over a group's rows. */
export interface CandidateErrors {
  /** Per row. */
  day: number;
  /** Per series and week. */
  week: number;
  /** Per week, over the whole group: what is left when single errors cancel. */
  group: number;
}

export interface GroupErrors {
  readonly units: number;
  readonly seriesWeeks: number;
  /** Weeks that were measured, whatever the number of series: those of one week share their luck. */
  readonly weeks: number;
  /** By position in CANDIDATES. */
  readonly candidates: readonly CandidateErrors[];
}

const newErrors = (): CandidateErrors => ({ day: 0, week: 0, group: 0 });

/** Errors of every candidate in every group, in one pass over the rows. */
export function measureCandidates(rows: SelectionRows): GroupErrors[] {
  const weekCount = rows.weeks.reduce((most, week) => Math.max(most, week + 1), 0);
  return Array.from({ length: rows.groupCount }, (_, group) => measureGroup(rows, group, weekCount));
}

function measureGroup(rows: SelectionRows, group: number, weekCount: number): GroupErrors {
  const { groups, weeks, series, units } = rows;
  const inGroup: number[] = [];
  for (let row = 0; row < rows.rowCount; row++) {
    if (groups[row] === group && !Number.isNaN(units[row]!)) inGroup.push(row);
  }
  let seriesWeeks = 0;
  inGroup.forEach((row, i) => {
    const last = inGroup[i - 1];
    if (last === undefined || series[last] !== series[row] || weeks[last] !== weeks[row]) seriesWeeks++;
  });
  return {
    units: inGroup.reduce((sum, row) => sum + units[row]!, 0),
    seriesWeeks,
    weeks: weekCount,
    candidates: CANDIDATES.map((mixture) => errorsOf(rows, inGroup, mixture, weekCount)),
  };
}

function errorsOf(
  { methods, weeks, series, units }: SelectionRows,
  inGroup: readonly number[],
  mixture: Mixture,
  weekCount: number,
): CandidateErrors {
  const parts = Object.entries(mixture).map(
    ([method, weight]) => [methods[method as keyof MethodColumns], weight] as const,
  );
  const [first, firstWeight] = parts[0]!;
  const [second, secondWeight] = parts[1] ?? [first, 0];
  const errors = newErrors();
  const groupWeeks = new Float64Array(weekCount);
  let week = 0;
  let last = -1;
  for (const row of inGroup) {
    const error = firstWeight * first[row]! + secondWeight * second[row]! - units[row]!;
    if (last >= 0 && (series[last] !== series[row] || weeks[last] !== weeks[row])) {
      errors.week += Math.abs(week);
      week = 0;
    }
    errors.day += Math.abs(error);
    week += error;
    groupWeeks[weeks[row]!]! += error;
    last = row;
  }
  errors.week += Math.abs(week);
  errors.group = groupWeeks.reduce((sum, value) => sum + Math.abs(value), 0);
  return errors;
}

/** Errors of several groups together: rows and series add up, the sums over a group do as an upper bound. */
export function addGroups(groups: readonly GroupErrors[]): GroupErrors {
  return {
    units: groups.reduce((sum, { units }) => sum + units, 0),
    seriesWeeks: groups.reduce((sum, { seriesWeeks }) => sum + seriesWeeks, 0),
    weeks: groups.reduce((most, { weeks }) => Math.max(most, weeks), 0),
    candidates: CANDIDATES.map((_, c) => {
      const total = newErrors();
      for (const { candidates } of groups) {
        total.day += candidates[c]!.day;
        total.week += candidates[c]!.week;
        total.group += candidates[c]!.group;
      }
      return total;
    }),
  };
}

/**
 * Two candidates are as good as each other when their errors differ by less than this share: luck shrinks with the root of
 * the weeks that were measured. 25 weeks of series allow a hundredth, 10,000 a twentieth of that (docs/adr/0058).
 */
const TIE = { most: 0.01, ofHundredWeeks: 0.005 } as const;

const tieOf = ({ seriesWeeks }: Pick<GroupErrors, "seriesWeeks">) =>
  Math.min(TIE.most, TIE.ofHundredWeeks * Math.sqrt(100 / Math.max(seriesWeeks, 1)));

const NAIVE = CANDIDATES.findIndex((mixture) => mixture["seasonal naive"] === 1);

/** The errors that are weighed: of days, of weeks, and of the group's weeks, which keeps a forecast from being low throughout. */
export const lossOf = ({ day, week, group }: CandidateErrors) => day + week + group;

/** By days, and by days and weeks together: the weeks of a few series alone are luck (docs/adr/0117). */
const isNoWorse = (errors: CandidateErrors, naive: CandidateErrors) =>
  errors.day <= naive.day && errors.day + errors.week <= naive.day + naive.week;

/**
 * A candidate is believed when it leads the one that it is held against by more than luck: 3.5 % of the error for a hundred
 * weeks of series in four weeks, less when there are more of either (docs/adr/0058, 0117).
 */
const LUCKY_LEAD = { share: 0.035, seriesWeeks: 100, weeks: 4 } as const;
/** In a group the lead is larger: the luckiest of twenty leads by more than one draw does, and weeks are few in all of them. */
const LUCK_OF_GROUPS = 6;
/** Position of the smoothed level, which the chain's choice is held against. */
export const STEADY = CANDIDATES.findIndex((mixture) => mixture.smoothed === 1);

const luckyLead = ({ seriesWeeks, weeks }: Pick<GroupErrors, "seriesWeeks" | "weeks">) =>
  LUCKY_LEAD.share *
  Math.sqrt((LUCKY_LEAD.seriesWeeks * LUCKY_LEAD.weeks) / Math.max(seriesWeeks * weeks, 1));

/**
 * Position in CANDIDATES of the choice: the first, so the simplest, whose loss is within a tie of the best; only of those
 * whose errors are no worse than seasonal naive's. For the whole chain, what is less simple than
 * the smoothed level must lead it clearly; in a group, what differs from the chain's choice.
 */
export function chooseCandidate(group: GroupErrors, chainsChoice?: number): number {
  const { candidates } = group;
  const loss = (position: number) => lossOf(candidates[position]!);
  const allowed = candidates.flatMap((errors, c) => (isNoWorse(errors, candidates[NAIVE]!) ? [c] : []));
  const best = Math.min(...allowed.map(loss));
  const leader = allowed.find((c) => loss(c) <= best * (1 + tieOf(group)))!;
  const [standing, share] = chainsChoice === undefined ? [STEADY, 1] : [chainsChoice, LUCK_OF_GROUPS];
  const isDoubtful = chainsChoice !== undefined || leader > STEADY;
  const isLuck = loss(standing) <= loss(leader) * (1 + share * luckyLead(group));
  return isDoubtful && isLuck && allowed.includes(standing) ? standing : leader;
}
