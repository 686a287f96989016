import { smoothedShares } from "./reference-bins";

/** Distances between two samples, for comparison with the stability index: what other monitors alarm on. */

/** Largest gap between the two empirical distribution functions (the Kolmogorov-Smirnov statistic). */
export function largestDistributionGap(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let largest = 0;
  walk(reference, current, (_, gap) => (largest = Math.max(largest, Math.abs(gap))));
  return largest;
}

/** Earth mover's distance of two samples, in their unit. */
export function earthMoversDistance(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let sum = 0;
  walk(reference, current, (width, gap) => (sum += width * Math.abs(gap)));
  return sum;
}

/** Calls `visit` with each stretch between neighbouring values and the gap of the distribution functions on it. */
function walk(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  visit: (width: number, gap: number) => void,
): void {
  const [a, b] = [Float64Array.from(reference).sort(), Float64Array.from(current).sort()];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const at = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i]! <= at) i++;
    while (j < b.length && b[j]! <= at) j++;
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    visit(Number.isFinite(next) ? next - at : 0, i / a.length - j / b.length);
  }
}

/** Jensen-Shannon distance of two lists of counts of the same bins, natural logarithm: 0 (equal) to sqrt(ln 2). */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [smoothedShares(reference), smoothedShares(current)];
  const half = (share: number, other: number) => (share * Math.log((2 * share) / (share + other))) / 2;
  const sum = p.reduce((all, share, i) => all + half(share, q[i]!) + half(q[i]!, share), 0);
  return Math.sqrt(Math.max(0, sum));
}
