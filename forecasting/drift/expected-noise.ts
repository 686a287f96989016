/** From this mean on the normal approximation is within 0.3 % of the exact value. */
const LARGE_MEAN = 30;

/**
 * Mean absolute deviation of a Poisson count of this mean, in units: 2 e^-m m^(n+1) / n! with n the whole part of m. What a
 * perfect forecast of the mean would still be wrong by.
 */
export function expectedNoise(mean: number): number {
  if (!(mean > 0)) return 0;
  if (mean >= LARGE_MEAN) return Math.sqrt((2 * mean) / Math.PI);
  let term = 2 * mean * Math.exp(-mean);
  for (let k = 1; k <= Math.floor(mean); k++) term *= mean / k;
  return term;
}
