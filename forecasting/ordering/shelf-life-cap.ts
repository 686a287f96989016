import { type CountDistribution, quantile } from "../distribution/count-distribution";

/** Highest stock whose last unit expires with less than this probability: P(D_shelf <= s - 1) < allowed. */
export function shelfLifeCap(shelf: CountDistribution, maximumWasteProbability: number): number {
  return quantile(shelf, Math.min(Math.max(maximumWasteProbability, 0), 0.999));
}
