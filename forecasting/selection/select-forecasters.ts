import { DEMAND_CLASSES, type DemandClass } from "../methods/demand-class";
import { CATEGORIES, type Category } from "../../contracts/categories";
import {
  addGroups,
  type CandidateErrors,
  chooseCandidate,
  type GroupErrors,
  lossOf,
  measureCandidates,
  type SelectionRows,
  STEADY,
} from "./choose-mixture";
import { CANDIDATES, type Mixture } from "./mixture";

/** Without validation days nothing can be compared: the smoothed level needs the least. */
export const UNCHOSEN: Mixture = CANDIDATES[STEADY]!;

/** Fewer weeks of series than this choose badly: the category's choice, or the chain's, is taken. */
export const FEWEST_SERIES_WEEKS = 100;

/** What a choice was made on. */
type ChoiceScope = "own" | "category" | "chain" | "none";

/** The forecaster of one category's demand class, and how it stood on the validation days. */
export interface Choice {
  readonly category: Category;
  readonly demandClass: DemandClass;
  readonly mixture: Mixture;
  readonly scope: ChoiceScope;
  /** Weeks of series that were measured in the class itself. */
  readonly seriesWeeks: number;
  readonly units: number;
  /** Errors per unit, on what the choice was made on. */
  readonly chosen: CandidateErrors;
  readonly naive: CandidateErrors;
  /** The best of those that were not chosen, by the same loss. */
  readonly runnerUp: { readonly mixture: Mixture; readonly loss: number };
}

/** One choice per category and demand class, in the order category, class. */
export type Selection = readonly Choice[];

export const groupOf = (category: number, demandClass: number) =>
  category * DEMAND_CLASSES.length + demandClass;
const GROUP_COUNT = CATEGORIES.length * DEMAND_CLASSES.length;

/** Chooses on validation rows whose groups are those of `groupOf`. */
export function selectForecasters(rows: Omit<SelectionRows, "groupCount">): Selection {
  const groups = measureCandidates({ ...rows, groupCount: GROUP_COUNT });
  const chain = addGroups(groups);
  const chainsChoice = chooseCandidate(chain);
  return CATEGORIES.flatMap((category, code) => {
    const ofCategory = addGroups(groups.slice(groupOf(code, 0), groupOf(code + 1, 0)));
    return DEMAND_CLASSES.map((demandClass, position) => {
      const own = groups[groupOf(code, position)]!;
      const [scope, errors] = scopeOf(own, ofCategory, chain);
      return describeChoice(category, demandClass, scope, errors, own, chainsChoice);
    });
  });
}

function scopeOf(own: GroupErrors, category: GroupErrors, chain: GroupErrors): [ChoiceScope, GroupErrors] {
  if (own.seriesWeeks >= FEWEST_SERIES_WEEKS) return ["own", own];
  if (category.seriesWeeks >= FEWEST_SERIES_WEEKS) return ["category", category];
  // A category newer than the validation days is unlike the rest of the chain: what serves there says nothing of it.
  if (category.seriesWeeks === 0) return ["none", chain];
  return ["chain", chain];
}

function describeChoice(
  category: Category,
  demandClass: DemandClass,
  scope: ChoiceScope,
  errors: GroupErrors,
  own: GroupErrors,
  chainsChoice: number,
): Choice {
  const position =
    scope === "none" ? STEADY : scope === "chain" ? chainsChoice : chooseCandidate(errors, chainsChoice);
  const perUnit = ({ day, week, group }: CandidateErrors): CandidateErrors => {
    const units = Math.max(errors.units, 1);
    return { day: day / units, week: week / units, group: group / units };
  };
  const others = errors.candidates.map((candidate, c) => ({
    mixture: CANDIDATES[c]!,
    loss: c === position ? Infinity : lossOf(perUnit(candidate)),
  }));
  return {
    category,
    demandClass,
    mixture: CANDIDATES[position]!,
    scope,
    seriesWeeks: own.seriesWeeks,
    units: own.units,
    chosen: perUnit(errors.candidates[position]!),
    naive: perUnit(errors.candidates[CANDIDATES.findIndex((mixture) => mixture["seasonal naive"] === 1)]!),
    runnerUp: others.reduce((best, other) => (other.loss < best.loss ? other : best)),
  };
}
