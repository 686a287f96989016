/**
 * A test that may be looked at on every evening: the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy
 * and Ramdas (Annals of Statistics 2024, arXiv 2103.06476), the same as the mixture sequential probability ratio test with a
 * normal mixture.
 */
export interface Boundary {
  /** Probability of ever being wrong, both sides together. */
  readonly alpha: number;
  /** The day for which the boundary is tightest; from half of it to twice it hardly differs. */
  readonly plannedDays: number;
}

export interface ConfidenceInterval {
  readonly lower: number;
  readonly upper: number;
  /** Evidence against "no change": at least 1/alpha is what the interval excludes 0 at. */
  readonly eValue: number;
  /** min(1, 1/E). */
  readonly pValue: number;
}

/** How much the mixture has seen by a day. */
export function mixtureWeight({ alpha, plannedDays }: Boundary, day: number): number {
  return mixtureRate(alpha, plannedDays) * day;
}

export function mixtureRate(alpha: number, plannedDays: number): number {
  if (!(alpha > 0 && alpha < 1) || !(plannedDays > 0)) {
    throw new RangeError(
      `alpha is ${alpha} and plannedDays ${plannedDays}; allowed: between 0 and 1, and above 0`,
    );
  }
  const evidence = -2 * Math.log(alpha);
  return (evidence + Math.log(1 + evidence)) / plannedDays;
}

/** Normal deviate from which on an estimate is outside, two-sided. */
export function criticalValue(k: number, alpha: number): number {
  return Math.sqrt(((k + 1) / k) * (Math.log(k + 1) - 2 * Math.log(alpha)));
}

/** The same for one side alone. */
export function oneSidedCriticalValue(k: number, alpha: number): number {
  return Math.sqrt(((2 * (k + 1)) / k) * Math.log(1 + Math.sqrt(k + 1) / (2 * alpha)));
}

/** Evidence of a normal deviate against 0; its expectation without a change is 1, at any stopping time. */
export function eValue(z: number, k: number): number {
  return Math.exp((z * z * k) / (2 * (k + 1))) / Math.sqrt(k + 1);
}

/**
 * The interval after so many days.
 *
 * @param estimate with its deviate z; its standard error is taken from the two, so that few days widen it
 * @param standardError where the estimate is 0 and z says nothing
 */
export function confidenceInterval(
  { estimate, z, standardError }: { estimate: number; z: number; standardError: number },
  day: number,
  boundary: Boundary,
): ConfidenceInterval {
  const k = mixtureWeight(boundary, day);
  const half = criticalValue(k, boundary.alpha) * (z === 0 ? standardError : Math.abs(estimate / z));
  const evidence = eValue(z, k);
  return {
    lower: estimate - half,
    upper: estimate + half,
    eValue: evidence,
    pValue: Math.min(1, 1 / evidence),
  };
}
