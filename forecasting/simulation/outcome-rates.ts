import type { ItemTerms } from "../ordering/item-terms";
import { type Metric, ratioMetric } from "../metrics/metric";
import type { SeriesOutcome } from "./simulate-series";

/** Outcomes of many series added up, and what their lost and wasted units were worth. */
export interface OutcomeTotals extends SeriesOutcome {
  /** At the price that customers would have paid. */
  readonly lostYen: number;
  /** At the cost that the store paid. */
  readonly wasteYen: number;
}

export interface OutcomeRates {
  /** Share of store x SKU x days that ended with demand unserved. */
  readonly stockOutRate: Metric;
  /** Share of delivered units that expired. */
  readonly wasteRate: Metric;
  /** Share of demanded units that were not there. */
  readonly lostRate: Metric;
  /** Closing stock in days of demand. */
  readonly stockDays: Metric;
  readonly totals: OutcomeTotals;
}

export const NOTHING: OutcomeTotals = {
  days: 0,
  demand: 0,
  sold: 0,
  delivered: 0,
  wasted: 0,
  stockOutDays: 0,
  lost: 0,
  closingStock: 0,
  lostYen: 0,
  wasteYen: 0,
};

export function priced(outcome: SeriesOutcome, terms: ItemTerms): OutcomeTotals {
  return { ...outcome, lostYen: outcome.lost * terms.priceYen, wasteYen: outcome.wasted * terms.costYen };
}

export function addOutcomes(a: OutcomeTotals, b: OutcomeTotals): OutcomeTotals {
  return {
    days: a.days + b.days,
    demand: a.demand + b.demand,
    sold: a.sold + b.sold,
    delivered: a.delivered + b.delivered,
    wasted: a.wasted + b.wasted,
    stockOutDays: a.stockOutDays + b.stockOutDays,
    lost: a.lost + b.lost,
    closingStock: a.closingStock + b.closingStock,
    lostYen: a.lostYen + b.lostYen,
    wasteYen: a.wasteYen + b.wasteYen,
  };
}

export function outcomeRates(totals: OutcomeTotals): OutcomeRates {
  return {
    stockOutRate: ratioMetric(totals.stockOutDays, totals.days, "no simulated day"),
    wasteRate: ratioMetric(totals.wasted, totals.delivered, "nothing was delivered"),
    lostRate: ratioMetric(totals.lost, totals.demand, "no demand"),
    stockDays: ratioMetric(totals.closingStock, totals.demand, "no demand"),
    totals,
  };
}
