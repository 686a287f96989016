import { chiSquaredTail, logGamma } from "./normal-tails";

/** Observed counts of the arms against the shares that were planned. */
export interface SampleRatio {
  readonly chiSquared: number;
  /** For one look at a time that was fixed before. */
  readonly pValue: number;
  /** For a look on every evening: min(1, 1/E) of a multinomial against a Dirichlet around the plan. */
  readonly anytimePValue: number;
  readonly logEvidence: number;
}

/** Below this many in an arm a mismatch cannot be told from chance. */
const FEWEST_PER_ARM = 8;
/** Probability under which the split is taken for broken. */
const MISMATCH_BELOW = 0.001;
/** Weight of the plan in the Dirichlet: as many observations. */
const PLAN_WEIGHT = 100;

/** @param shares of the arms, in any unit: 9 and 1 is 90 % and 10 % */
export function sampleRatio(counts: readonly number[], shares: readonly number[]): SampleRatio {
  const whole = shares.reduce((all, share) => all + share, 0);
  const total = counts.reduce((all, count) => all + count, 0);
  const theta = shares.map((share) => share / whole);
  if (total === 0) return { chiSquared: 0, pValue: 1, anytimePValue: 1, logEvidence: 0 };
  const chiSquared = counts.reduce(
    (all, count, i) => all + (count - total * theta[i]!) ** 2 / (total * theta[i]!),
    0,
  );
  const prior = theta.map((share) => share * PLAN_WEIGHT);
  const logEvidence =
    logBeta(prior.map((a, i) => a + counts[i]!)) -
    logBeta(prior) -
    counts.reduce((all, count, i) => all + count * Math.log(theta[i]!), 0);
  return {
    chiSquared,
    pValue: chiSquaredTail(chiSquared, counts.length - 1),
    anytimePValue: Math.min(1, Math.exp(-logEvidence)),
    logEvidence,
  };
}

/** Whether the split is broken; with too few in an arm nobody can say, and it is not. */
export function isMismatch(counts: readonly number[], shares: readonly number[]): boolean {
  if (counts.some((count) => count < FEWEST_PER_ARM) && expectedSmallest(counts, shares) < FEWEST_PER_ARM) {
    return false;
  }
  return sampleRatio(counts, shares).anytimePValue < MISMATCH_BELOW;
}

function expectedSmallest(counts: readonly number[], shares: readonly number[]): number {
  const whole = shares.reduce((all, share) => all + share, 0);
  const total = counts.reduce((all, count) => all + count, 0);
  return Math.min(...shares.map((share) => (share / whole) * total));
}

const logBeta = (values: readonly number[]) =>
  values.reduce((all, value) => all + logGamma(value), 0) -
  logGamma(values.reduce((all, value) => all + value, 0));
