import { lgam } from "cephes";
import { type CountDistribution, sizeOf } from "./count-distribution";

/** Below this many standard deviations under the mean a count has no probability that a double would notice. */
const LOWER_TAIL_SD = 14;
/** Longest table: an item that sells more in a few days is ordered by the pallet. */
const LONGEST = 1 << 16;

/**
 * P(D <= k) for k = 0, 1, … until less than `tail` is left, `slack` counts more, as one array. One recurrence per count:
 * a simulation asks for millions of them. Await `distributionReady` first.
 */
export function cumulativeTable(distribution: CountDistribution, tail: number, slack: number): Float64Array {
  const { mean, variance } = distribution;
  if (mean === 0) return new Float64Array(1 + slack).fill(1);
  const size = sizeOf(distribution);
  const deviation = Math.sqrt(Math.max(variance, mean));
  const first = Math.max(0, Math.floor(mean - LOWER_TAIL_SD * deviation));
  const success = size === undefined ? 0 : mean / (size + mean);
  let probability = Math.exp(firstLog(mean, size, first));
  let sum = probability;
  let table = new Float64Array(Math.ceil(mean + 8 * deviation) + slack + 8);
  let k = first;
  table[k] = Math.min(sum, 1);
  while (sum < 1 - tail && k < LONGEST) {
    probability *= size === undefined ? mean / (k + 1) : (success * (k + size)) / (k + 1);
    sum += probability;
    if (++k + slack >= table.length) table = grown(table);
    table[k] = Math.min(sum, 1);
  }
  for (let more = 0; more < slack; more++) {
    probability *= size === undefined ? mean / (k + 1) : (success * (k + size)) / (k + 1);
    sum += probability;
    table[++k] = Math.min(sum, 1);
  }
  return table.subarray(0, k + 1);
}

function firstLog(mean: number, size: number | undefined, k: number): number {
  if (size === undefined) return k * Math.log(mean) - mean - lgam(k + 1);
  const choose = k === 0 ? 0 : lgam(k + size) - lgam(size) - lgam(k + 1);
  return choose - size * Math.log1p(mean / size) + k * Math.log(mean / (size + mean));
}

function grown(table: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * table.length);
  larger.set(table);
  return larger;
}
