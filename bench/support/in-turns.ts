import type { Measured } from "../report";

/** Turns of a full benchmark, and of a quick one. */
export const TURNS = { full: 3, quick: 1 } as const;

/** Median figures of a subject, and what its last run returned. */
export interface Turns<T extends Measured> extends Measured {
  readonly last: T;
}

type Subjects = Readonly<Record<string, (() => Promise<Measured>) | undefined>>;

type Turned<Subject> = Subject extends () => Promise<infer T extends Measured> ? Turns<T> : undefined;

/**
 * Runs the subjects in turns (A B A B ...), so that what else the machine does slows each of them alike.
 *
 * @param subjects undefined for a peer that is not here
 * @returns the median of each figure on its own, by subject
 */
export async function inTurns<const S extends Subjects>(
  turns: number,
  subjects: S,
): Promise<{ [Name in keyof S]: Turned<S[Name]> }> {
  const here = Object.entries(subjects).flatMap(([name, run]) =>
    run ? [{ name, run, runs: [] as Measured[] }] : [],
  );
  for (let turn = 0; turn < turns; turn++) {
    for (const { run, runs } of here) runs.push(await run());
  }
  const medians = here.map(({ name, runs }) => [name, mediansOf(runs)]);
  return Object.fromEntries(medians) as { [Name in keyof S]: Turned<S[Name]> };
}

/** The figures alone, for a line of a report. */
export function figuresOf({ seconds, cpuSeconds, peakMegabytes }: Measured): Measured {
  return { seconds, cpuSeconds, peakMegabytes };
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
  const [started, cpu] = [performance.now(), ownCpuSeconds()];
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: ownCpuSeconds() - cpu, result };
}

/** Of all threads of this process since its start. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
