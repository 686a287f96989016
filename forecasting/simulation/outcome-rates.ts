import { type Metric, ratioMetric } from "../metrics/metric";
import type { SeriesOutcome } from "./simulate-series";

export interface OutcomeRates {
  /** Share of store x SKU x days that ended with demand unserved. */
  readonly stockOutRate: Metric;
  /** Share of delivered units that expired. */
  readonly wasteRate: Metric;
  /** Share of demanded units that were not there. */
  readonly lostRate: Metric;
  /** Closing stock in days of demand. */
  readonly stockDays: Metric;
  readonly totals: SeriesOutcome;
}

export const NOTHING: SeriesOutcome = {
  days: 0,
  demand: 0,
  sold: 0,
  delivered: 0,
  wasted: 0,
  stockOutDays: 0,
  lost: 0,
  closingStock: 0,
};

export function addOutcomes(a: SeriesOutcome, b: SeriesOutcome): SeriesOutcome {
  return {
    days: a.days + b.days,
    demand: a.demand + b.demand,
    sold: a.sold + b.sold,
    delivered: a.delivered + b.delivered,
    wasted: a.wasted + b.wasted,
    stockOutDays: a.stockOutDays + b.stockOutDays,
    lost: a.lost + b.lost,
    closingStock: a.closingStock + b.closingStock,
  };
}

export function outcomeRates(totals: SeriesOutcome): OutcomeRates {
  return {
    stockOutRate: ratioMetric(totals.stockOutDays, totals.days, "no simulated day"),
    wasteRate: ratioMetric(totals.wasted, totals.delivered, "nothing was delivered"),
    lostRate: ratioMetric(totals.lost, totals.demand, "no demand"),
    stockDays: ratioMetric(totals.closingStock, totals.demand, "no demand"),
    totals,
  };
}
