/** One-sided cumulative sum of standardised values: rises while they exceed `allowance`, alarms over `limit`. */
export interface CusumSettings {
  /** Deviations above the mean that count as nothing. */
  readonly allowance: number;
  readonly limit: number;
}

/**
 * On errors that remember the day before (lag-one correlation 0.3) this alarms less than once in 2,800 days and finds a rise
 * of two deviations within six; the textbook's allowance of 0.5 alarms every 205 days there (docs/adr/0094).
 */
export const CUSUM_SETTINGS: CusumSettings = { allowance: 1, limit: 5 };

/** The sum after each value; one that is undefined (a day that is not judged) leaves it as it was. */
export function cumulativeSums(
  values: readonly (number | undefined)[],
  { allowance }: CusumSettings = CUSUM_SETTINGS,
): number[] {
  let sum = 0;
  return values.map((value) => {
    if (value !== undefined) sum = Math.max(0, sum + value - allowance);
    return sum;
  });
}

/** Position of the first sum over the limit, or -1. */
export function firstAlarm(sums: readonly number[], { limit }: CusumSettings = CUSUM_SETTINGS): number {
  return sums.findIndex((sum) => sum > limit);
}
