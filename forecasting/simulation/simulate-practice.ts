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

/** What a practice did to one series, and what it leaves on the shelf and under way. */
export interface SeriesRun {
  readonly totals: OutcomeTotals;
  readonly final: FinalStock;
}

/** As `simulatePractice` for one value of the parameter, series by series: for who asks for more than their sum. */
export function runPractice(
  all: readonly SimulatedSeries[],
  practice: Practice,
  parameter: number,
  { warmUpDays }: SimulationWindow,
): SeriesRun[] {
  return all.map((series) => {
    const { outcome, final } = runSeries(questionOf(series, practice(series)(parameter), warmUpDays));
    return { totals: priced(outcome, series.terms), final };
  });
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
