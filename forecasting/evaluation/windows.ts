import { HORIZON_DAYS } from "../../contracts/horizon";

/** Day numbers of one run, all inclusive: learn, then check while learning, then evaluate; nothing overlaps. */
export interface BacktestWindows {
  readonly trainFrom: number;
  /** Last day whose label the trees and the factors see. */
  readonly trainTo: number;
  /** Days for early stopping, the spread of errors and the order settings; empty when `validationDays` is 0. */
  readonly validationDays: number;
  /** Days that only evaluate; 0: too little history to hold any back. */
  readonly holdOutDays: number;
  readonly cutoff: number;
  /** What a longer history would have allowed, in words. */
  readonly warnings: readonly string[];
}

/** Most days that the trees learn from: older ones cost time and improve little. */
const LONGEST_TRAINING_DAYS = 196;
/** Before it, a row's 28-day history is not complete. */
const WARM_UP_DAYS = 35;

/** History of at least `from` days holds back this much; the first that fits is taken. */
const PLANS = [
  // A quarter of validation once the history allows it: a month does not show how methods do in other seasons.
  { from: 560, holdOutDays: 28, validationDays: 84 },
  { from: 168, holdOutDays: 28, validationDays: 28 },
  { from: 84, holdOutDays: 14, validationDays: 14 },
  { from: 42, holdOutDays: 7, validationDays: 7 },
  { from: 15, holdOutDays: 7, validationDays: 0 },
  { from: 1, holdOutDays: 0, validationDays: 0 },
] as const;

/** Splits a history by its length. Hold-outs are whole weeks: one weekly origin after the other. */
export function planWindows(firstDay: number, cutoff: number): BacktestWindows {
  const days = cutoff - firstDay + 1;
  const plan = PLANS.find(({ from }) => days >= from);
  if (!plan) throw new Error("there is no history: not one day with sales");
  const trainTo = cutoff - plan.holdOutDays - plan.validationDays;
  const warnings: string[] = [];
  if (days < 364) warnings.push(`${days} days of history: no season could be learned (364 days are needed)`);
  if (plan.validationDays === 0) {
    warnings.push(
      `${days} days of history: too few to train trees (42 are needed), the chosen baseline serves`,
    );
  }
  if (plan.holdOutDays === 0)
    warnings.push(`${days} days of history: too few for a backtest (15 are needed)`);
  return {
    trainFrom: Math.max(Math.min(firstDay + WARM_UP_DAYS, trainTo), trainTo - LONGEST_TRAINING_DAYS + 1),
    trainTo,
    validationDays: plan.validationDays,
    holdOutDays: plan.holdOutDays,
    cutoff,
    warnings,
  };
}

export const holdOutFrom = (windows: BacktestWindows) => windows.cutoff - windows.holdOutDays + 1;

/** Last known day of each forecast of the backtest: one a week. */
export function originsOf(windows: BacktestWindows): number[] {
  const count = windows.holdOutDays / HORIZON_DAYS;
  return Array.from({ length: count }, (_, i) => holdOutFrom(windows) - 1 + i * HORIZON_DAYS);
}
