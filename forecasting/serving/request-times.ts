/** Where the time of one request went, in milliseconds. The parts add up to what the caller waits for. */
export interface RequestTimes {
  /** The model computes. */
  readonly model: number;
  /** What SageMaker and the network add to every request. */
  readonly overhead: number;
  /** A model is fetched and loaded: into a new container, or into one whose cache did not hold it. */
  readonly load: number;
  /** A container starts. */
  readonly start: number;
  /** All containers are busy. */
  readonly queue: number;
}

export const TIME_PARTS = ["model", "overhead", "load", "start", "queue"] as const;
export type TimePart = (typeof TIME_PARTS)[number];

export const totalOf = (times: RequestTimes): number =>
  TIME_PARTS.reduce((sum, part) => sum + times[part], 0);

/** The smallest value that at least `level` of the values do not exceed. */
export function percentile(values: ArrayLike<number>, level: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)]!;
}
