import {
  addOutcomes,
  NOTHING,
  type OutcomeRates,
  outcomeRates,
  type OutcomeTotals,
  priced,
} from "./outcome-rates";
import type { Practice, SimulatedSeries } from "./practices";
import { type FinalStock, runSeries, simulateSeries, type SeriesQuestion } from "./simulate-series";

export interface SimulationWindow {
  /** First days that only warm the stock up. */
  readonly warmUpDays: number;
}

/**
 * Runs a practice over all series on their own demand, once per value of its parameter; one result per value. Stock starts
 * with two days of expected demand.
 */
export function simulatePractice(
  all: readonly SimulatedSeries[],
  practice: Practice,
  parameters: readonly number[],
  { warmUpDays }: SimulationWindow,
): OutcomeRates[] {
  const totals: OutcomeTotals[] = parameters.map(() => NOTHING);
  for (const series of all) {
    const orderAt = practice(series);
    parameters.forEach((parameter, i) => {
      const outcome = simulateSeries(questionOf(series, orderAt(parameter), warmUpDays));
      totals[i] = addOutcomes(totals[i]!, priced(outcome, series.terms));
    });
  }
  return totals.map(outcomeRates);
}

/** What stands on the shelf and is under way after the window, had the practice run through it. */
export function stockAfter(series: SimulatedSeries, practice: Practice, parameter: number): FinalStock {
  return runSeries(questionOf(series, practice(series)(parameter), 0)).final;
}

function questionOf(
  series: SimulatedSeries,
  order: SeriesQuestion["order"],
  warmUpDays: number,
): SeriesQuestion {
  const { leadTimeDays, reviewDays, shelfLifeDays } = series.terms;
  return {
    demand: series.demand,
    openingStock: Math.ceil((series.naive[0] ?? 0) + (series.naive[1] ?? 0)),
    leadTimeDays,
    reviewDays,
    shelfLifeDays,
    warmUpDays,
    order,
  };
}
