import { nearestOnCurve } from "../../forecasting/simulation/frontier";
import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import { FRESH_DAYS, isFresh, type SimulatedSeries } from "../../forecasting/simulation/practices";
import type { ScoredRows } from "../evaluation/scored-rows";
import { type FrontierCurve, KPI_RATES, TODAY_RATES } from "./simulation-result";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What a reader must know before believing a simulated rate. */
export function simulationWarnings(
  scored: ScoredRows,
  today: OutcomeRates,
  holdOut: readonly SimulatedSeries[],
  all: { readonly ours: OutcomeRates } | undefined,
  best: FrontierCurve,
): string[] {
  return [
    ...slowFreshItems(holdOut),
    ...(scored.rows.truth
      ? []
      : ["demand of days that ran out is not known: the forecast stands in, so stock-outs are an estimate"]),
    ...calibrationGap(today),
    ...distanceToKpi(all?.ours, best),
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

/** Where a KPI line is missed: how near the best possible forecast comes. */
function distanceToKpi(ours: OutcomeRates | undefined, best: FrontierCurve): string[] {
  const [stockOuts, waste] = [ours?.stockOutRate.value ?? 0, ours?.wasteRate.value ?? 0];
  if (stockOuts <= KPI_RATES.stockOutRate && waste <= KPI_RATES.wasteRate) return [];
  const nearest = nearestOnCurve(best.points, KPI_RATES);
  if (!nearest) return [];
  const reached = `${percent(nearest.stockOutRate)} stock-outs with ${percent(nearest.wasteRate)} waste`;
  const missed = "the lines of 3 % stock-outs and 2 % waste are not both kept";
  const isKept = nearest.stockOutRate <= KPI_RATES.stockOutRate && nearest.wasteRate <= KPI_RATES.wasteRate;
  return isKept
    ? [`${missed}; ${best.name} would keep them, at ${reached}`]
    : [
        `${missed}, and no forecast could: ${best.name} comes to ${reached}. ` +
          "Shelf lives, packs and delivery times of this assortment set that limit",
      ];
}
