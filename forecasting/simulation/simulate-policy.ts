import type { ItemTerms } from "../ordering/item-terms";
import { type DemandOutlook, recommendOrder } from "../ordering/recommend-order";
import { addOutcomes, NOTHING, type OutcomeRates, outcomeRates } from "./outcome-rates";
import { type FinalStock, runSeries, simulateSeries, type SeriesQuestion } from "./simulate-series";

/** One store and item with what both policies know: the naive expectation and the forecast of every day. */
export interface SimulatedSeries {
  readonly terms: ItemTerms;
  /** Demand per day of the simulated window. */
  readonly demand: Float64Array;
  /** Forecast mean and deviation per day; longer than `demand` by the longest window that an order looks ahead. */
  readonly forecastMeans: Float64Array;
  readonly forecastDeviations: Float64Array;
  readonly dayCorrelation: number;
  /** What today's practice expects per day: the same weekday of last week. Same length as `forecastMeans`. */
  readonly naive: Float64Array;
}

/** A policy for one series: units to order. */
export type Policy = (series: SimulatedSeries) => SeriesQuestion["order"];

/** Shelf life in days up to which an item counts as fresh: it is ordered and thrown away by another rhythm. */
export const FRESH_DAYS = 3;

export const isFresh = (terms: ItemTerms) => (terms.shelfLifeDays ?? Infinity) <= FRESH_DAYS;

/** Two parameters of a policy, for fresh items and for those that keep. */
export interface PolicyParameters {
  readonly fresh: number;
  readonly ambient: number;
}

const parameterOf = (parameters: PolicyParameters, series: SimulatedSeries) =>
  isFresh(series.terms) ? parameters.fresh : parameters.ambient;

/**
 * Today's practice: fill up to a factor on what sold on the same weekdays of last week, in whole packs. The factor
 * is a habit of the staff; it is calibrated so that the chain's known stock-out and waste rates come out.
 */
export function todaysPractice(parameters: PolicyParameters): Policy {
  return (series) => {
    const { leadTimeDays, reviewDays, packSize, minimumDisplay = 0 } = series.terms;
    const factor = parameterOf(parameters, series);
    return (day, { onHand, onOrder }) => {
      let expected = 0;
      for (let ahead = 0; ahead < leadTimeDays + reviewDays; ahead++)
        expected += series.naive[day + ahead] ?? 0;
      const gap = Math.max(expected * factor, minimumDisplay) - onHand - onOrder;
      return Math.max(0, Math.ceil(gap / packSize - 1e-9)) * packSize;
    };
  };
}

/** Days of forecast that an order looks at; a published forecast has as many. */
const OUTLOOK_DAYS = 7;

/** The recommended orders; the parameter is the goodwill of a lost sale as a multiple of the item's margin. */
export function forecastPractice(parameters: PolicyParameters): Policy {
  return (series) => {
    const terms = withGoodwill(series.terms, parameterOf(parameters, series));
    return (day, stock) => recommendOrder(terms, outlookFrom(series, day), stock).units;
  };
}

export function withGoodwill(terms: ItemTerms, multiple: number): ItemTerms {
  return { ...terms, goodwillYen: multiple * Math.max(0, terms.priceYen - terms.costYen) };
}

function outlookFrom(series: SimulatedSeries, day: number): DemandOutlook {
  return {
    means: series.forecastMeans.subarray(day, day + OUTLOOK_DAYS),
    deviations: series.forecastDeviations.subarray(day, day + OUTLOOK_DAYS),
    dayCorrelation: series.dayCorrelation,
  };
}

export interface SimulationWindow {
  readonly warmUpDays: number;
}

/** Runs one policy over all series on their own demand. The shelf starts with two days of expected demand. */
export function simulatePolicy(
  all: readonly SimulatedSeries[],
  policy: Policy,
  { warmUpDays }: SimulationWindow,
): OutcomeRates {
  let totals = NOTHING;
  for (const series of all)
    totals = addOutcomes(totals, simulateSeries(questionOf(series, policy, warmUpDays)));
  return outcomeRates(totals);
}

/** What stands on the shelf and is under way after the window, had the policy run through it. */
export function stockAfter(series: SimulatedSeries, policy: Policy): FinalStock {
  return runSeries(questionOf(series, policy, 0)).final;
}

function questionOf(series: SimulatedSeries, policy: Policy, warmUpDays: number): SeriesQuestion {
  const { leadTimeDays, reviewDays, shelfLifeDays } = series.terms;
  return {
    demand: series.demand,
    openingStock: Math.ceil((series.naive[0] ?? 0) + (series.naive[1] ?? 0)),
    leadTimeDays,
    reviewDays,
    shelfLifeDays,
    warmUpDays,
    order: policy(series),
  };
}

/**
 * Runs a practice for many pairs of parameters: fresh items and the others do not touch each other, so each half is
 * simulated once per value of its own parameter and the halves are added.
 */
export function policyRunner(
  all: readonly SimulatedSeries[],
  practice: (parameters: PolicyParameters) => Policy,
  window: SimulationWindow,
): (parameters: PolicyParameters) => OutcomeRates {
  const half = (isFreshHalf: boolean) => {
    const series = all.filter(({ terms }) => isFresh(terms) === isFreshHalf);
    const done = new Map<number, OutcomeRates>();
    return (parameter: number) => {
      const known =
        done.get(parameter) ??
        simulatePolicy(series, practice({ fresh: parameter, ambient: parameter }), window);
      done.set(parameter, known);
      return known.totals;
    };
  };
  const [fresh, ambient] = [half(true), half(false)];
  return (parameters) => outcomeRates(addOutcomes(fresh(parameters.fresh), ambient(parameters.ambient)));
}
