import { studentTwoSided } from "./normal-tails";

/** Diebold and Mariano's test with the correction of Harvey, Leybourne and Newbold: a second opinion at the end of a test. */
export interface DieboldMariano {
  readonly mean: number;
  readonly variance: number;
  readonly dm: number;
  readonly hln: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * @param differences of the daily losses, challenger less champion
 * @param horizon days ahead that the forecasts reach
 * @returns undefined for fewer days than the horizon needs, or differences that are all the same
 */
export function dieboldMariano(differences: readonly number[], horizon: number): DieboldMariano | undefined {
  const count = differences.length;
  const scale = (count + 1 - 2 * horizon + (horizon * (horizon - 1)) / count) / count;
  if (count < 2 || horizon < 1 || !(scale > 0)) return undefined;
  const mean = differences.reduce((all, d) => all + d, 0) / count;
  const gamma = Array.from({ length: horizon }, (_, lag) => autocovariance(differences, mean, lag));
  const flat = gamma[0]! / count;
  if (!(flat > 0)) return undefined;
  // The plain estimate collapses on short series; it is never taken for less than that of independent days.
  const variance = Math.max(longRunVariance(gamma, count), flat);
  const dm = mean / Math.sqrt(variance);
  const hln = dm * Math.sqrt(scale);
  return { mean, variance, dm, hln, degreesOfFreedom: count - 1, pValue: studentTwoSided(hln, count - 1) };
}

/** Bartlett's weights where the plain sum is not positive. */
function longRunVariance(gamma: readonly number[], count: number): number {
  const sum = (weight: (lag: number) => number) =>
    (gamma[0]! + 2 * gamma.slice(1).reduce((all, g, i) => all + weight(i + 1) * g, 0)) / count;
  const plain = sum(() => 1);
  return plain > 0 ? plain : sum((lag) => 1 - lag / gamma.length);
}

function autocovariance(values: readonly number[], mean: number, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; t++) sum += (values[t]! - mean) * (values[t - lag]! - mean);
  return sum / values.length;
}
