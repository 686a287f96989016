/**
 * A quantile of a count is a step function of its mean: the means at which it rises by one are all there is to know. A
 * function that answers requests looks an interval up in them, without special functions and their WebAssembly.
 */
export type QuantileSteps = readonly number[];

/** The quantile at a mean: how many steps are behind it. Beyond the last step it grows as the mean does. */
export function quantileAt(steps: QuantileSteps, mean: number): number {
  const last = steps[steps.length - 1];
  if (last === undefined || !(mean > 0)) return 0;
  if (mean > last) return Math.round(steps.length * (mean / last));
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= mean) low = middle + 1;
    else high = middle;
  }
  return low;
}
