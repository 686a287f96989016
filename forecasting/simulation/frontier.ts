import type { RateTargets } from "./calibrate-practice";
import type { OutcomeRates } from "./outcome-rates";
import type { Practice, SimulatedSeries } from "./practices";
import { simulatePractice, type SimulationWindow } from "./simulate-practice";

/** One point of a frontier: what a practice reaches at one value of its parameter. */
export interface FrontierPoint {
  readonly parameter: number;
  readonly rates: OutcomeRates;
}

/** From "throw nothing away" to "always full": a factor of 1.5 from one to the next. */
export const SERVICE_MULTIPLIERS: readonly number[] = Array.from(
  { length: 20 },
  (_, i) => Math.round(0.02 * 1.6 ** i * 1000) / 1000,
);
/** Factors on last week's sales that staff may fill up to. */
export const HABIT_FACTORS: readonly number[] = [
  0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.6, 2, 2.5, 3.5, 5,
];

/** Stock-outs against waste as the parameter moves, for the very same demand. */
export function frontierOf(
  series: readonly SimulatedSeries[],
  practice: Practice,
  parameters: readonly number[],
  window: SimulationWindow,
): FrontierPoint[] {
  return simulatePractice(series, practice, parameters, window).map((rates, i) => ({
    parameter: parameters[i]!,
    rates,
  }));
}

/** The worse of the two rates as a multiple of its line: at most 1 where both lines are kept. */
function distanceToLines({ stockOutRate, wasteRate }: OutcomeRates, lines: RateTargets): number {
  return Math.max((stockOutRate.value ?? 0) / lines.stockOutRate, (wasteRate.value ?? 0) / lines.wasteRate);
}

/**
 * Where both rates are as far from their lines, in multiples of them: between two neighbours of which one has the worse
 * stock-outs and the next the worse waste, on a straight line over the logarithm of the parameter.
 */
export function evenParameters(points: readonly FrontierPoint[], lines: RateTargets): number[] {
  const excess = ({ rates: { stockOutRate, wasteRate } }: FrontierPoint) =>
    (stockOutRate.value ?? 0) / lines.stockOutRate - (wasteRate.value ?? 0) / lines.wasteRate;
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    if (!next || excess(point) <= 0 || excess(next) >= 0) return [];
    const share = excess(point) / (excess(point) - excess(next));
    return [point.parameter * (next.parameter / point.parameter) ** share];
  });
}

/** The point of a curve, interpolated between its neighbours, whose worse rate is least in multiples of its line. */
export function nearestOnCurve(points: readonly RateTargets[], lines: RateTargets): RateTargets | undefined {
  const worse = ({ stockOutRate, wasteRate }: RateTargets) =>
    Math.max(stockOutRate / lines.stockOutRate, wasteRate / lines.wasteRate);
  const between = points.flatMap((point, i) => {
    const next = points[i + 1];
    if (!next) return [point];
    return Array.from({ length: 20 }, (_, step) => {
      const share = step / 20;
      return {
        stockOutRate: point.stockOutRate + share * (next.stockOutRate - point.stockOutRate),
        wasteRate: point.wasteRate + share * (next.wasteRate - point.wasteRate),
      };
    });
  });
  return between.reduce<RateTargets | undefined>(
    (best, point) => (best && worse(best) <= worse(point) ? best : point),
    undefined,
  );
}

/**
 * The point that keeps both lines best. On a tie, as of items that never expire in a few weeks without a stock-out, the one
 * whose parameter is nearest to 1: the least that nothing happened with is luck.
 */
export function nearestPoint(points: readonly FrontierPoint[], lines: RateTargets): FrontierPoint {
  const [first] = points;
  if (!first) throw new RangeError("a frontier without points has no nearest one");
  const fromOne = ({ parameter }: FrontierPoint) => Math.abs(Math.log(parameter));
  return points.reduce((best, point) => {
    const gain = distanceToLines(best.rates, lines) - distanceToLines(point.rates, lines);
    return gain > 0 || (gain === 0 && fromOne(point) < fromOne(best)) ? point : best;
  });
}
