/** Detectors of change in a stream as stream-learning libraries ship them, for comparison: position of the first alarm, or -1. */

interface PageHinkleySettings {
  /** Rise above the running mean that counts as nothing. */
  readonly allowance: number;
  readonly limit: number;
  readonly fewest: number;
  /** What a sum keeps from one value to the next. */
  readonly memory: number;
}

/** What `river` starts with (0.21). */
export const USUAL_PAGE_HINKLEY: PageHinkleySettings = {
  allowance: 0.005,
  limit: 50,
  fewest: 30,
  memory: 0.9999,
};

/** Page (1954), Hinkley (1971): the sum of what exceeds the running mean against its own minimum. */
export function pageHinkleyAlarm(values: readonly number[], settings: PageHinkleySettings): number {
  const { allowance, limit, fewest, memory } = settings;
  let [mean, sum, lowest] = [0, 0, Infinity];
  return values.findIndex((value, i) => {
    mean += (value - mean) / (i + 1);
    sum = memory * sum + value - mean - allowance;
    lowest = Math.min(lowest, sum);
    return i + 1 >= fewest && sum - lowest > limit;
  });
}

/** Bifet and Gavaldà (2007), every split of the window tried; values from 0 to 1, a rise only. */
export function adaptiveWindowAlarm(values: readonly number[], delta = 0.002): number {
  for (let count = 10; count <= values.length; count++) {
    const window = values.slice(0, count);
    const total = window.reduce((sum, value) => sum + value, 0);
    const mean = total / count;
    const variance = window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    const log = Math.log((2 * Math.log(count)) / delta);
    let before = 0;
    for (let n = 1; n < count; n++) {
      before += window[n - 1]!;
      if (n < 5 || count - n < 5) continue;
      const inverse = 1 / n + 1 / (count - n);
      const bound = Math.sqrt(2 * inverse * variance * log) + (2 / 3) * inverse * log;
      if ((total - before) / (count - n) - before / n > bound) return count - 1;
    }
  }
  return -1;
}
