/** A figure that may have no value: then it carries the reason, never a 0 that would read as "perfect". */
export type Metric =
  { readonly value: number; readonly reason?: undefined } | { readonly value: null; readonly reason: string };

export const metricOf = (value: number): Metric => ({ value });

export const undefinedMetric = (reason: string): Metric => ({ value: null, reason });

/** `numerator / denominator`, or the reason why there is none. */
export function ratioMetric(numerator: number, denominator: number, reasonIfZero: string): Metric {
  if (!Number.isFinite(numerator) || !Number.isFinite(denominator)) {
    return undefinedMetric("a value is not a finite number");
  }
  return denominator === 0 ? undefinedMetric(reasonIfZero) : metricOf(numerator / denominator);
}

/** Throws when two series of the same cells differ in length: a caller's mistake, not a property of the data. */
export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length) throw new RangeError(`series differ in length: ${a.length} and ${b.length}`);
}

/** Sum of `term(i)` over all cells of both series. */
export function sumOver(count: number, term: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}

/** Percent with one decimal, or a dash with the reason left to the caller. */
export function formatPercent(metric: Metric, decimals = 1): string {
  return metric.value === null ? "–" : `${(metric.value * 100).toFixed(decimals)} %`;
}

/** Most decimals of a percentage that lies beside its line. */
const NEAREST_DECIMALS = 4;

/** Percent with as few decimals as show on which side of the line it lies: 3.003 % beside 3 %, not 3.0 %. */
export function formatPercentBeside(metric: Metric, line: number): string {
  const { value } = metric;
  let decimals = 1;
  const shown = () => Number((value! * 100).toFixed(decimals));
  if (value !== null) while (decimals < NEAREST_DECIMALS && shown() > line * 100 !== value > line) decimals++;
  return formatPercent(metric, decimals);
}
