/** Randomness is an argument: the same seed gives the same numbers on every machine and release. */
export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** Mean 0, deviation 1. */
  readonly normal: () => number;
  /** An integer from `from` to `to`, both included. */
  readonly integer: (from: number, to: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

const UNIT = 1 / 4_294_967_296;
const GOLDEN = 0x9e3779b9;

/** A bijective mixer of 32 bits (the finaliser "lowbias32", Chris Wellons, 2018). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** A number for a key of several parts, for draws that must not depend on the order of computing. */
export function mixAll(...parts: readonly number[]): number {
  return parts.reduce((state, part) => mix(state + Math.imul(part + 1, GOLDEN)), 0);
}

/** 32 random bits as a number in [0, 1). */
export function toUnit(bits: number): number {
  return (bits >>> 0) * UNIT;
}

/** A stream of its own per topic: adding a draw to one topic leaves the others as they were. */
export function randomFor(seed: number, topic: string): Random {
  const key = [...topic].reduce((state, letter) => mix(state + letter.charCodeAt(0)), mix(seed));
  let counter = 0;
  const uniform = () => toUnit(mix(mix(key + Math.imul(++counter, GOLDEN)) ^ key));
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (from, to) => from + Math.floor(uniform() * (to - from + 1)),
    pick: <T>(items: readonly T[]) => items[Math.floor(uniform() * items.length)] as T,
  };
}
