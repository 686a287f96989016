import { studentToNormal } from "./normal-tails";
import type { PairedSums } from "./paired-errors";

/** The change of the error from champion to challenger, and how sure it is. */
export interface RelativeError {
  /** WAPE of the challenger over the champion's, less 1: -0.03 is 3 % better. */
  readonly relative: number;
  readonly storeCount: number;
  readonly dayCount: number;
  /** Of `relative`, clustered by store, by day (before the correction for autocorrelation) and not at all. */
  readonly variances: { readonly store: number; readonly day: number; readonly cell: number };
  /** Autocorrelation of the days' residuals, and what it is taken for after the correction for a short series. */
  readonly autocorrelation: number;
  readonly correctedAutocorrelation: number;
  readonly variance: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** The normal deviate with the same tail as t. */
  readonly z: number;
}

/** Why there is no figure. */
export interface NoRelativeError {
  readonly reason: string;
}

/** The correction divides by T - 3. */
const FEWEST_DAYS = 4;
const FEWEST_STORES = 2;
/** Above this the series says nothing about its own variance. */
const HIGHEST_AUTOCORRELATION = 0.8;

/**
 * Relative WAPE of two models on the same cells: stores repeat over the days and all stores share a day's weather and sale, so
 * the variance is clustered both ways (Cameron, Gelbach and Miller 2011, never below either way alone), and a day resembles
 * the day before it, so the days' part grows with their autocorrelation (docs/adr/0082).
 */
export function relativeError(sums: PairedSums): RelativeError | NoRelativeError {
  const [storeCount, dayCount] = [sums.storeA.length, sums.dayA.length];
  if (dayCount < FEWEST_DAYS) return { reason: `${dayCount} days; at least ${FEWEST_DAYS} are needed` };
  if (storeCount < FEWEST_STORES) {
    return { reason: `${storeCount} stores; at least ${FEWEST_STORES} are needed` };
  }
  const totalA = sum(sums.dayA);
  if (!(totalA > 0)) return { reason: "the champion has no error at all" };
  const ratio = sum(sums.dayB) / totalA;
  const days = sums.dayB.map((b, t) => b - ratio * sums.dayA[t]!);
  const variances = variancesOf(sums, ratio, days, totalA);
  const { phi, corrected } = autocorrelationOf(days);
  const dayVariance = variances.day * inflation(corrected);
  const { store, cell } = variances;
  const variance = Math.max(store + dayVariance - cell, store, dayVariance);
  const relative = ratio - 1;
  if (variance === 0 && relative !== 0) return { reason: "the errors differ by one and the same factor" };
  const t = relative === 0 ? 0 : relative / Math.sqrt(variance);
  const degreesOfFreedom = Math.min(storeCount, dayCount) - 1;
  return {
    relative,
    storeCount,
    dayCount,
    variances,
    autocorrelation: phi,
    correctedAutocorrelation: corrected,
    variance,
    t,
    degreesOfFreedom,
    z: studentToNormal(t, degreesOfFreedom),
  };
}

function variancesOf(
  { storeA, storeB, products: { aa, ab, bb } }: PairedSums,
  ratio: number,
  days: readonly number[],
  totalA: number,
): RelativeError["variances"] {
  let stores = 0;
  for (let s = 0; s < storeA.length; s++) stores += (storeB[s]! - ratio * storeA[s]!) ** 2;
  const cells = Math.max(0, bb - 2 * ratio * ab + ratio * ratio * aa);
  const dayCount = days.length;
  const clustered = (squares: number, count: number) => ((count / (count - 1)) * squares) / totalA ** 2;
  return {
    store: clustered(stores, storeA.length),
    day: clustered(
      days.reduce((all, g) => all + g * g, 0),
      dayCount,
    ),
    cell: clustered(cells, storeA.length * dayCount),
  };
}

/** First-order autocorrelation of the days' residuals, and the same with Kendall's correction for a short series. */
export function autocorrelationOf(days: readonly number[]): { phi: number; corrected: number } {
  const squares = days.reduce((all, g) => all + g * g, 0);
  const neighbours = days.reduce((all, g, t) => (t === 0 ? 0 : all + g * days[t - 1]!), 0);
  const phi = squares === 0 ? 0 : neighbours / squares;
  const kendall = (days.length * phi + 1) / (days.length - 3);
  return { phi, corrected: Math.min(HIGHEST_AUTOCORRELATION, Math.max(0, kendall)) };
}

/** By how much an autocorrelation makes the variance of a mean larger. */
export const inflation = (phi: number): number => (1 + phi) / (1 - phi);

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
