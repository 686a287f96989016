import { compiled, incbet, lgam, pdtr } from "cephes";

/**
 * Distribution of a demand count with a given mean and variance: negative binomial when the variance exceeds the mean,
 * Poisson otherwise. Quantiles of days do not add up, so a period's distribution is built from its own two moments.
 */
export interface CountDistribution {
  readonly mean: number;
  readonly variance: number;
}

/** `cephes` is WebAssembly: await this once before any function of this file. */
export const distributionReady: Promise<void> = compiled;

/** Relative gap of variance over mean under which the negative binomial is numerically the Poisson. */
const POISSON_GAP = 1e-9;
/**
 * Sizes over which log gamma functions, of 1e6 and more, cancel to worse than 1e-9: the distribution is then so near to the
 * Poisson that it is computed from it.
 */
const LARGEST_GAMMA_SIZE = 100_000;
/** Beyond this many standard deviations under the mean, a term is below 1e-30 and is skipped. */
const LOWER_TAIL_SD = 14;
/** Upper end of every summation: the mass above is far below a double's resolution of 1. */
const UPPER_TAIL_SD = 40;

/** Rejects what no count can have: a negative or not finite moment. */
export function countDistribution(mean: number, variance: number): CountDistribution {
  if (!(mean >= 0) || !(variance >= 0) || !Number.isFinite(mean + variance)) {
    throw new RangeError(`mean and variance must be finite and at least 0, not ${mean} and ${variance}`);
  }
  return { mean, variance };
}

/** Size r of the negative binomial (variance = mean + mean^2 / r), or undefined for the Poisson. */
export function sizeOf({ mean, variance }: CountDistribution): number | undefined {
  const gap = variance - mean;
  return gap <= POISSON_GAP * Math.max(mean, 1e-12) ? undefined : (mean * mean) / gap;
}

/** P(D <= count), exact through the incomplete beta (negative binomial) or gamma (Poisson) function. */
export function cumulative(distribution: CountDistribution, count: number): number {
  if (count < 0) return 0;
  if (distribution.mean === 0) return 1;
  const k = Math.floor(count);
  const size = sizeOf(distribution);
  if (size === undefined) return pdtr(k, distribution.mean);
  if (size > LARGEST_GAMMA_SIZE) return nearPoisson(distribution.mean, size, k);
  return incbet(size, k + 1, size / (size + distribution.mean));
}

/**
 * P(D <= count) of a Poisson whose rate is gamma distributed around `mean` with little variance: Taylor's series of the
 * Poisson's in its rate, weighted by the central moments of the gamma, to the sixth. The derivatives are differences of
 * probabilities: d/dm P(D <= k) = -p(k), d/dm p(k) = p(k - 1) - p(k).
 */
function nearPoisson(mean: number, size: number, count: number): number {
  const scale = mean / size;
  const moments = [
    size,
    2 * size,
    3 * size ** 2 + 6 * size,
    20 * size ** 2 + 24 * size,
    15 * size ** 3 + 130 * size ** 2 + 120 * size,
  ];
  const probabilityOf = (k: number) => (k < 0 ? 0 : Math.exp(poissonLogProbability(mean, k)));
  let differences = Array.from({ length: moments.length + 1 }, (_, i) => probabilityOf(count - i));
  let weight = -scale;
  return moments.reduce(
    (sum, moment, i) => {
      differences = differences.slice(1).map((older, j) => differences[j]! - older);
      weight *= -scale / (i + 2);
      return sum + weight * moment * differences[0]!;
    },
    pdtr(count, mean),
  );
}

const poissonLogProbability = (mean: number, k: number) => k * Math.log(mean) - mean - lgam(k + 1);

function logProbability(distribution: CountDistribution, k: number): number {
  const { mean } = distribution;
  const size = sizeOf(distribution);
  if (size === undefined) return poissonLogProbability(mean, k);
  if (size > LARGEST_GAMMA_SIZE) {
    // The quotient of the two gamma functions as the product that it is.
    let rise = 0;
    for (let i = 0; i < k; i++) rise += Math.log1p((i - mean) / (size + mean));
    return rise + k * Math.log(mean) - lgam(k + 1) - size * Math.log1p(mean / size);
  }
  return (
    lgam(k + size) -
    lgam(size) -
    lgam(k + 1) -
    size * Math.log1p(mean / size) +
    k * Math.log(mean / (size + mean))
  );
}

/**
 * Walks k upwards with P(D = k) and P(D <= k) until `visit` returns false. One recurrence per step instead of one
 * special function: batch scoring needs tens of millions of them.
 */
export function walk(
  distribution: CountDistribution,
  visit: (k: number, probability: number, below: number) => boolean,
): void {
  const { mean, variance } = distribution;
  if (mean === 0) {
    visit(0, 1, 1);
    return;
  }
  const size = sizeOf(distribution);
  const deviation = Math.sqrt(Math.max(variance, mean));
  const first = Math.max(0, Math.floor(mean - LOWER_TAIL_SD * deviation));
  const last = Math.ceil(mean + UPPER_TAIL_SD * deviation + UPPER_TAIL_SD);
  const success = size === undefined ? 0 : mean / (size + mean);
  let probability = Math.exp(logProbability(distribution, first));
  let below = probability;
  for (let k = first; k <= last; k++) {
    if (!visit(k, probability, Math.min(below, 1))) return;
    probability *= size === undefined ? mean / (k + 1) : (success * (k + size)) / (k + 1);
    below += probability;
  }
}

/** Smallest k with P(D <= k) >= level. */
export function quantile(distribution: CountDistribution, level: number): number {
  return quantiles(distribution, [level])[0]!;
}

/** The smallest counts that reach each of the ascending `levels`, in one pass. */
export function quantiles(distribution: CountDistribution, levels: readonly number[]): number[] {
  const result: number[] = [];
  let reached = 0;
  walk(distribution, (k, _probability, below) => {
    reached = k;
    while (result.length < levels.length && below >= levels[result.length]! - 1e-12) result.push(k);
    return result.length < levels.length;
  });
  while (result.length < levels.length) result.push(reached);
  return result;
}
