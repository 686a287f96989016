import { bdtrc, chdtrc, compiled, lgam, ndtri, stdtr } from "cephes";

/** `cephes` is WebAssembly: await this once before any function of this folder that computes a probability. */
export const statisticsReady: Promise<void> = compiled;

/** Tails below this are one: a double's smallest is near, and a z of 37 decides like one of 40. */
const SMALLEST_TAIL = 1e-300;

/**
 * The normal deviate with the tail of a Student deviate: few degrees of freedom are paid for here.
 *
 * @param df degrees of freedom, an integer from 1
 */
export function studentToNormal(t: number, df: number): number {
  if (Number.isNaN(t) || !Number.isInteger(df) || df < 1) {
    throw new RangeError(`t is ${t} and df ${df}; allowed: a number, and an integer from 1`);
  }
  if (t === 0) return 0;
  const tail = Math.max(t === Infinity || t === -Infinity ? 0 : stdtr(df, -Math.abs(t)), SMALLEST_TAIL);
  return Math.sign(t) * -ndtri(tail);
}

/** P(|T| >= |t|) of Student's distribution. */
export const studentTwoSided = (t: number, df: number): number => 2 * stdtr(df, -Math.abs(t));

/** P(X >= x) of chi-squared. */
export const chiSquaredTail = (x: number, df: number): number => (x <= 0 ? 1 : chdtrc(df, x));

/** P(X >= k) of a binomial with n trials. */
export const binomialTail = (k: number, n: number, probability: number): number =>
  k <= 0 ? 1 : bdtrc(k - 1, n, probability);

export const logGamma = (x: number): number => lgam(x);
