import { assignVariant } from "./assign-variant";
import type { BatchSums, Comparison, ComparisonSum } from "./comparison";
import { type DieboldMariano, dieboldMariano } from "./diebold-mariano";
import type { Experiment } from "./experiment";
import { pairedErrors } from "./paired-errors";
import { isMismatch } from "./sample-ratio";
import { type Standing, standingOf } from "./standing";
import { type UnpairedError, unpairedError } from "./unpaired-error";

/** What a night says about an experiment: small, and kept as the evidence of a decision. */
export interface NightAssessment {
  readonly cutoff: string;
  readonly firstDay?: string;
  readonly days: number;
  readonly missingDays: readonly string[];
  /** Every day so far; undefined with the reason in `noFigure`. */
  readonly daily?: Standing;
  /** The whole weeks so far: what a win is seen in. */
  readonly weekly?: Standing;
  readonly noFigure?: string;
  /** Guardrails look for harm only, at a quarter of alpha each. */
  readonly guardrails: readonly { readonly name: string; readonly standing?: Standing }[];
  /** Signed error over sales of the last days, newest last. */
  readonly bias: readonly { readonly day: string; readonly champion: number; readonly challenger: number }[];
  /** Relative change on the stores of either variant: they should agree. */
  readonly arms?: { readonly champion: number; readonly challenger: number };
  readonly assigned: { readonly champion: number; readonly challenger: number; readonly isMismatch: boolean };
  /** Shares of the observed cells that each model forecast, and of all cells that ran out. */
  readonly coverage: { readonly champion: number; readonly challenger: number };
  readonly stockOutShare: number;
  readonly batch?: BatchSums;
  /** Shown, never decided on. */
  readonly aside: {
    /** Relative change with the largest errors cut off at their 99.5 % quantile. */
    readonly winsorised?: number;
    readonly unpaired?: UnpairedError;
    readonly dieboldMariano?: DieboldMariano;
  };
}

/** Days of bias that a rule looks at. */
const BIAS_DAYS = 2;
const GUARDRAILS = 4;

/** @param batch the newest night's forecasts */
export function assessNight(
  comparison: Comparison,
  experiment: Experiment,
  batch?: BatchSums,
): NightAssessment {
  const { plan } = experiment;
  const { days, cells } = comparison;
  const wholeWeeks = Math.floor(days.length / 7) * 7;
  const daily = standing(comparison, "championError", "challengerError", plan);
  const weekly =
    wholeWeeks > 0 ? standing(comparison, "championError", "challengerError", plan, wholeWeeks) : undefined;
  const guard = { ...plan, alpha: plan.alpha / GUARDRAILS };
  const totals = standing(absolute(comparison), "championBias", "challengerBias", guard);
  const newItems = standing(comparison, "newItemChampionError", "newItemChallengerError", guard);
  return {
    cutoff: comparison.cutoff,
    ...(days[0] === undefined ? {} : { firstDay: days[0] }),
    days: days.length,
    missingDays: comparison.missingDays,
    ...("reason" in daily ? { noFigure: daily.reason } : { daily }),
    ...(weekly === undefined || "reason" in weekly ? {} : { weekly }),
    guardrails: [
      { name: "errors of the stores' totals", ...("reason" in totals ? {} : { standing: totals }) },
      { name: "new items", ...("reason" in newItems ? {} : { standing: newItems }) },
    ],
    bias: days
      .slice(-BIAS_DAYS)
      .map((day, i, last) => biasOf(comparison, days.length - last.length + i, day)),
    ...armsOf(comparison, experiment),
    assigned: assignedOf(comparison.stores, experiment),
    coverage: {
      champion: 1 - share(cells.championMissing, cells.observed),
      challenger: 1 - share(cells.challengerMissing, cells.observed),
    },
    stockOutShare: share(cells.stockedOut, cells.observed + cells.stockedOut),
    ...(batch ? { batch } : {}),
    aside: asideOf(comparison, experiment),
  };
}

function standing(
  { sums }: Pick<Comparison, "sums">,
  a: ComparisonSum,
  b: ComparisonSum,
  plan: Parameters<typeof standingOf>[1],
  days = Infinity,
) {
  const cut = (name: ComparisonSum) => sums[name].map((row) => row.slice(0, days));
  return standingOf(pairedErrors(cut(a), cut(b)), plan);
}

/** The error of a store's total of the day is its bias there, whatever its sign. */
function absolute({ sums }: Comparison): Pick<Comparison, "sums"> {
  const size = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(Math.abs));
  return {
    sums: {
      ...sums,
      championBias: size(sums.championBias),
      challengerBias: size(sums.challengerBias),
    },
  };
}

function biasOf({ sums }: Comparison, t: number, day: string): NightAssessment["bias"][number] {
  const total = (name: ComparisonSum) => sums[name].reduce((all, row) => all + row[t]!, 0);
  const sales = total("sales");
  const of = (name: ComparisonSum) => (sales > 0 ? total(name) / sales : 0);
  return { day, champion: of("championBias"), challenger: of("challengerBias") };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** By position: whether the challenger serves the store. */
function servedByChallenger(stores: readonly string[], { id, share: of }: Experiment): boolean[] {
  return stores.map((store) => assignVariant(store, id, of) === "challenger");
}

function armsOf({ stores, sums }: Comparison, experiment: Experiment): Pick<NightAssessment, "arms"> {
  const served = servedByChallenger(stores, experiment);
  const change = (byChallenger: boolean) => {
    const of = (name: ComparisonSum) =>
      sum(sums[name].map((row, s) => (served[s] === byChallenger ? sum(row) : 0)));
    return of("championError") > 0 ? of("challengerError") / of("championError") - 1 : undefined;
  };
  const [champion, challenger] = [change(false), change(true)];
  return champion === undefined || challenger === undefined ? {} : { arms: { champion, challenger } };
}

function assignedOf(stores: readonly string[], experiment: Experiment): NightAssessment["assigned"] {
  const challenger = servedByChallenger(stores, experiment).filter(Boolean).length;
  const champion = stores.length - challenger;
  const { share: planned } = experiment;
  const isSplit = planned > 0 && planned < 1;
  return {
    champion,
    challenger,
    isMismatch: isSplit && isMismatch([champion, challenger], [1 - planned, planned]),
  };
}

/** Order-relevant forecasts reach two days ahead, so neighbouring losses overlap. */
const LOSS_HORIZON = 2;
const WINSOR_QUANTILE = 0.995;

function asideOf({ stores, days, sums }: Comparison, experiment: Experiment): NightAssessment["aside"] {
  const served = servedByChallenger(stores, experiment);
  const storesOf = (name: ComparisonSum, byChallenger: boolean) =>
    stores.flatMap((_, s) =>
      served[s] === byChallenger ? [{ absoluteError: sum(sums[name][s]!), sales: sum(sums.sales[s]!) }] : [],
    );
  const unpaired = unpairedError(storesOf("championError", false), storesOf("challengerError", true));
  const loss = (name: ComparisonSum, t: number) =>
    share(sum(sums[name].map((row) => row[t]!)), sum(sums.sales.map((row) => row[t]!)));
  const second = dieboldMariano(
    days.map((_, t) => loss("challengerError", t) - loss("championError", t)),
    LOSS_HORIZON,
  );
  const [a, b] = [winsorised(sums.championError), winsorised(sums.challengerError)];
  return {
    ...(a > 0 ? { winsorised: b / a - 1 } : {}),
    ...(unpaired ? { unpaired } : {}),
    ...(second ? { dieboldMariano: second } : {}),
  };
}

function winsorised(rows: readonly (readonly number[])[]): number {
  const sorted = rows.flat().sort((x, y) => x - y);
  const cap = sorted[Math.floor((sorted.length - 1) * WINSOR_QUANTILE)] ?? 0;
  return sum(sorted.map((value) => Math.min(value, cap)));
}
