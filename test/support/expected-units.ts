import { type CountDistribution, walk } from "../../forecasting/distribution/count-distribution";

/** Expected unmet demand E(D - stock)+ when `stock` units are there. */
export function expectedLost(distribution: CountDistribution, stock: number): number {
  return Math.max(0, distribution.mean - stock + expectedLeft(distribution, stock));
}

/** Expected units left over E(stock - D)+. */
export function expectedLeft(distribution: CountDistribution, stock: number): number {
  let left = 0;
  walk(distribution, (k, probability) => {
    if (k >= stock) return false;
    left += (stock - k) * probability;
    return true;
  });
  return left;
}
