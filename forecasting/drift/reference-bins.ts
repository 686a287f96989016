import { chdtri } from "cephes";

/** Bins of a reference sample: frozen with the model version, so that a shifting sample cannot move its own yardstick. */
export interface ReferenceBins {
  /** Inner edges, ascending; a value lies in the bin whose number is how many edges are at or below it. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Added to every bin before the shares: an empty bin would otherwise make the index infinite. */
const SMOOTHING = 0.5;
const BINS = 10;
/** Probability that chance alone exceeds the noise floor. */
const FLOOR_PROBABILITY = 0.001;

/** Deciles (Hyndman and Fan's type 7, as numpy and R compute them) of a reference sample, and how it fills them. */
export function referenceBins(sample: ArrayLike<number>, bins = BINS): ReferenceBins {
  if (sample.length < bins) throw new RangeError(`${sample.length} values cannot fill ${bins} bins`);
  const sorted = Float64Array.from(sample).sort();
  const edges = Array.from({ length: bins - 1 }, (_, i) => quantileOf(sorted, (i + 1) / bins));
  // Whole numbers repeat: an edge that comes twice would make a bin that nothing can fall into.
  const distinct = edges.filter((edge, i) => i === 0 || edge > edges[i - 1]!);
  return { edges: distinct, counts: binCounts(distinct, sample) };
}

function quantileOf(sorted: Float64Array, level: number): number {
  const at = (sorted.length - 1) * level;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** How many values fall into each bin; one more bin than edges. */
export function binCounts(edges: readonly number[], values: ArrayLike<number>): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let i = 0; i < values.length; i++) counts[binOf(edges, values[i]!)]!++;
  return counts;
}

function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Population stability index of counts against reference counts of the same bins: sum (q - p) ln(q / p). */
export function stabilityIndex(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [smoothedShares(reference), smoothedShares(current)];
  return p.reduce((sum, share, i) => sum + (q[i]! - share) * Math.log(q[i]! / share), 0);
}

/** Shares of counts, none of them 0. */
export function smoothedShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count + SMOOTHING, 0);
  return counts.map((count) => (count + SMOOTHING) / total);
}

/** What the index reaches by chance once in a thousand, for samples of these sizes. Needs `distributionReady`. */
export function stabilityNoiseFloor(referenceSize: number, currentSize: number, bins: number): number {
  if (bins < 2) return 0;
  return (1 / referenceSize + 1 / currentSize) * chdtri(bins - 1, FLOOR_PROBABILITY);
}
