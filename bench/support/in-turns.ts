import type { Measured } from "../report";

/** Turns of a full benchmark, and of a quick one. */
export const TURNS = { full: 3, quick: 1 } as const;

/** Median figures of a subject, and what its last run returned. */
export interface Turns<T extends Measured> extends Measured {
  readonly last: T;
}

/**
 * Runs the subjects in turns (A B A B ...), so that what else the machine does slows each of them alike.
 *
 * @returns the median of each figure on its own, by subject
 */
export async function inTurns<K extends string, T extends Measured>(
  turns: number,
  subjects: Readonly<Record<K, () => Promise<T>>>,
): Promise<Record<K, Turns<T>>> {
  const names = Object.keys(subjects) as K[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>;
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) runs[name].push(await subjects[name]());
  }
  return Object.fromEntries(names.map((name) => [name, mediansOf(runs[name])])) as Record<K, Turns<T>>;
}

function mediansOf<T extends Measured>(runs: readonly T[]): Turns<T> {
  const peaks = runs.flatMap(({ peakMegabytes }) => (peakMegabytes === undefined ? [] : [peakMegabytes]));
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    ...(peaks.length > 0 ? { peakMegabytes: median(peaks) } : {}),
    last: runs.at(-1) as T,
  };
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

/** Times work of this process; the CPU of its worker threads counts. */
export async function timed<T>(work: () => T | Promise<T>): Promise<Measured & { readonly result: T }> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6, result };
}
