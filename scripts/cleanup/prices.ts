import { HOURS_PER_MONTH, instancePriceKey } from "../../policies/cost/pricing/price-table";
import { TOKYO } from "../../policies/cost/pricing/tokyo";

const BYTES_PER_GIGABYTE = 1e9;

/** US dollars a month of `bytes` that stay, at the dated Tokyo rate of `priceKey` (USD per GB-month). */
export function storageUsd(
  bytes: number,
  priceKey: "s3-storage" | "ecr-storage" | "efs-storage" | "cloudwatch-logs-storage",
): number {
  return (bytes / BYTES_PER_GIGABYTE) * (TOKYO.prices[priceKey]?.usd ?? 0);
}

/** US dollars a month of instances that run on; undefined for a type without a known price. */
export function instancesUsd(instanceType: string, count: number): number | undefined {
  const price = TOKYO.prices[instancePriceKey(instanceType)];
  return price === undefined ? undefined : price.usd * count * HOURS_PER_MONTH;
}
