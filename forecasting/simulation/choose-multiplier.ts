import type { RateTargets } from "./calibrate-practice";
import {
  evenParameters,
  type FrontierPoint,
  frontierOf,
  nearestPoint,
  SERVICE_MULTIPLIERS,
} from "./frontier";
import { forecastPractice, type SimulatedSeries } from "./practices";
import type { SimulationWindow } from "./simulate-practice";

/** The first series, on which the coarse multipliers are tried: they only point to where the best one is. */
const COARSE_SERIES = 300;
/** Around the best of the coarse multipliers, from its neighbour below to the one above. */
const FINE_STEPS = [0.63, 0.71, 0.79, 0.89, 1, 1.12, 1.26, 1.42, 1.6] as const;

/**
 * The multiplier of service whose rates come nearest to `lines`: a coarse grid on few series, a fine one around its best on
 * all of them, and between two of these. Where the best is at an end of the fine grid, few did not stand for all, and the
 * coarse one runs on all of them too.
 */
export function chooseMultiplier(
  series: readonly SimulatedSeries[],
  lines: RateTargets,
  window: SimulationWindow,
): FrontierPoint {
  const pointsAt = (of: readonly SimulatedSeries[], multipliers: readonly number[]) =>
    frontierOf(
      of,
      forecastPractice,
      multipliers.map((multiplier) => Math.round(multiplier * 1000) / 1000),
      window,
    );
  const coarse = (of: readonly SimulatedSeries[]) =>
    nearestPoint(pointsAt(of, SERVICE_MULTIPLIERS), lines).parameter;
  const fineAround = (multiplier: number) =>
    pointsAt(
      series,
      FINE_STEPS.map((step) => multiplier * step),
    );
  let fine = fineAround(coarse(series.slice(0, COARSE_SERIES)));
  const best = nearestPoint(fine, lines);
  if (best === fine[0] || best === fine.at(-1)) fine = fineAround(coarse(series));
  return nearestPoint([...fine, ...pointsAt(series, evenParameters(fine, lines))], lines);
}
