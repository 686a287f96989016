import { percentile, type RequestTimes, TIME_PARTS, type TimePart } from "./request-times";

interface LatencyShare {
  readonly part: TimePart;
  /** Milliseconds of the percentile that the part stands for; those of all parts add up to it. */
  readonly milliseconds: number;
  readonly share: number;
}

export interface LatencyExplanation {
  readonly requests: number;
  readonly mean: number;
  readonly percentile: number;
  readonly shares: readonly LatencyShare[];
  /** The largest part besides the model's own computing. */
  readonly cause: Exclude<TimePart, "model">;
  /** Share of the requests that waited for it. */
  readonly affectedShare: number;
}

const LEVEL = 0.99;
const SETS = 1 << TIME_PARTS.length;

/**
 * Which part explains the slowest hundredth. A percentile is no sum of percentiles, so each part gets its Shapley value: what
 * the percentile rises by when the part is added, averaged over all orders of adding. These values add up exactly.
 */
export function explainLatency(requests: readonly RequestTimes[], level = LEVEL): LatencyExplanation {
  if (requests.length === 0) throw new RangeError("there are no requests to explain");
  const values = Float64Array.from({ length: SETS }, (_, set) =>
    set === 0 ? 0 : percentileOf(requests, set, level),
  );
  const all = values[SETS - 1]!;
  const shares = TIME_PARTS.map((part, i) => {
    const milliseconds = shapleyValue(values, i);
    return { part, milliseconds, share: all > 0 ? milliseconds / all : 0 };
  });
  const cause = shares
    .filter(({ part }) => part !== "model")
    .reduce((largest, entry) => (entry.milliseconds > largest.milliseconds ? entry : largest))
    .part as LatencyExplanation["cause"];
  const mean = (part: TimePart) => requests.reduce((sum, times) => sum + times[part], 0) / requests.length;
  return {
    requests: requests.length,
    mean: TIME_PARTS.reduce((sum, part) => sum + mean(part), 0),
    percentile: all,
    shares,
    cause,
    affectedShare: requests.filter((times) => times[cause] > 0).length / requests.length,
  };
}

/** The percentile of the sum of the parts in `set`, a bit a part. */
function percentileOf(requests: readonly RequestTimes[], set: number, level: number): number {
  const parts = TIME_PARTS.filter((_, i) => set & (1 << i));
  const sums = requests.map((times) => parts.reduce((sum, part) => sum + times[part], 0));
  return percentile(sums, level);
}

function shapleyValue(values: Float64Array, player: number): number {
  const bit = 1 << player;
  const players = TIME_PARTS.length;
  let value = 0;
  for (let set = 0; set < SETS; set++) {
    if (set & bit) continue;
    const size = countBits(set);
    const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
    value += weight * (values[set | bit]! - values[set]!);
  }
  return value;
}

const countBits = (set: number): number => (set === 0 ? 0 : (set & 1) + countBits(set >> 1));
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
