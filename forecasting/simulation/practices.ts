import type { ItemTerms } from "../ordering/item-terms";
import {
  type OrderPlan,
  type OrderView,
  packsOf,
  planOrder,
  rememberedViews,
  type StockState,
} from "../ordering/order-plan";
import type { SeriesQuestion } from "./simulate-series";

/** One store and item with what a practice knows: the naive expectation and the forecast of every day. */
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

type Order = SeriesQuestion["order"];

/**
 * An ordering policy with one parameter. The outer function prepares what depends on the series alone, the inner one gives
 * the order function for a value of the parameter: one series is simulated for many values.
 */
export type Practice = (series: SimulatedSeries) => (parameter: number) => Order;

/** Longest shelf life in days of an item that counts as fresh. Fresh items are calibrated apart from the others. */
export const FRESH_DAYS = 3;

export const isFresh = (terms: ItemTerms) => (terms.shelfLifeDays ?? Infinity) <= FRESH_DAYS;

/**
 * Today's practice: order up to a factor (the parameter) times the sales of the same weekdays of last week, in whole packs.
 */
export const todaysPractice: Practice = (series) => {
  const { leadTimeDays, reviewDays, packSize, minimumDisplay = 0 } = series.terms;
  const expected = Float64Array.from(series.demand, (_, day) => {
    let sum = 0;
    for (let ahead = 0; ahead < leadTimeDays + reviewDays; ahead++) sum += series.naive[day + ahead] ?? 0;
    return sum;
  });
  return (factor) =>
    (day, { onHand, onOrder }) => {
      const gap = Math.max(expected[day]! * factor, minimumDisplay) - onHand - onOrder;
      return Math.max(0, Math.ceil(gap / packSize - 1e-9)) * packSize;
    };
};

/** Days of forecast that an order looks at: as many as batch scoring publishes. */
const OUTLOOK_DAYS = 7;

/** A plan, and the stocks that it was asked for. */
interface Morning {
  readonly plan: OrderPlan;
  readonly viewOf: (stock: StockState) => OrderView;
}

/** The recommended orders; the parameter is the multiplier of service that all items share. */
export const forecastPractice: Practice = (series) => {
  const { terms, dayCorrelation } = series;
  const mornings = new Map<number, Morning>();
  const morningOf = (day: number): Morning => {
    const plan = planOrder(terms, {
      means: series.forecastMeans.subarray(day, day + OUTLOOK_DAYS),
      deviations: series.forecastDeviations.subarray(day, day + OUTLOOK_DAYS),
      dayCorrelation,
    });
    return { plan, viewOf: rememberedViews(plan) };
  };
  return (multiplier) => (day, stock) => {
    const morning = mornings.get(day) ?? morningOf(day);
    mornings.set(day, morning);
    return packsOf(morning.plan, morning.viewOf(stock), { multiplier }) * terms.packSize;
  };
};
