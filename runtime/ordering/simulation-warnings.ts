import { nearestOnCurve } from "../../forecasting/simulation/frontier";
import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import { FRESH_DAYS, isFresh, type SimulatedSeries } from "../../forecasting/simulation/practices";
import type { ScoredRows } from "../evaluation/scored-rows";
import { type FrontierCurve, KPI_RATES, type SimulationResult, TODAY_RATES } from "./simulation-result";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What a reader must know before believing a simulated rate. */
export function simulationWarnings(
  scored: ScoredRows,
  today: OutcomeRates,
  holdOut: readonly SimulatedSeries[],
  all: { readonly ours: OutcomeRates } | undefined,
  frontier: SimulationResult["frontier"],
): string[] {
  const [, ours, best] = frontier.curves;
  return [
    ...slowFreshItems(holdOut),
    ...(scored.rows.truth
      ? []
      : ["demand of days that ran out is not known: the forecast stands in, so stock-outs are an estimate"]),
    ...calibrationGap(today),
    ...(ours && best ? distanceToKpi(all?.ours, ours, best, frontier.series) : []),
  ];
}

function slowFreshItems(holdOut: readonly SimulatedSeries[]): string[] {
  const fresh = holdOut.filter(({ terms }) => isFresh(terms));
  const slow = fresh.filter(({ demand }) => demand.reduce((sum, units) => sum + units, 0) < demand.length);
  if (slow.length === 0) return [];
  return [
    `${slow.length} of ${fresh.length} fresh store x SKU pairs sell less than one unit a day and expire within ${FRESH_DAYS} days: ` +
      "any stock of them is mostly waste and none is a stock-out, whoever orders",
  ];
}

function calibrationGap({ stockOutRate, wasteRate }: OutcomeRates): string[] {
  const gap = (reached: number | null, target: number) => Math.abs((reached ?? 0) - target) > target / 4;
  if (!gap(stockOutRate.value, TODAY_RATES.stockOutRate) && !gap(wasteRate.value, TODAY_RATES.wasteRate)) {
    return [];
  }
  return [
    "today's practice could not be set to 8 % stock-outs and 5 % waste at once on this assortment; its nearest setting is shown",
  ];
}

/** Where a KPI line is missed: how near our forecast and the best possible one come on the drawn series. */
function distanceToKpi(
  all: OutcomeRates | undefined,
  ours: FrontierCurve,
  best: FrontierCurve,
  series: number,
): string[] {
  const [stockOuts, waste] = [all?.stockOutRate.value ?? 0, all?.wasteRate.value ?? 0];
  if (stockOuts <= KPI_RATES.stockOutRate && waste <= KPI_RATES.wasteRate) return [];
  const reachedBy = (curve: FrontierCurve) => {
    const nearest = nearestOnCurve(curve.points, KPI_RATES);
    // A curve on which nothing is ever ordered has no waste rate, and so no point.
    return nearest
      ? [`${percent(nearest.stockOutRate)} with ${percent(nearest.wasteRate)} by ${curve.name}`]
      : [];
  };
  const reached = [ours, best].flatMap(reachedBy).join(", ");
  const nearest = reached && `; the nearest points of the curves of ${series} series are ${reached}`;
  return [`the lines of 3 % stock-outs with 2 % waste are not both kept${nearest}`];
}
