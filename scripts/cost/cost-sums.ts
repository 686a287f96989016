import type { CostLine } from "../../policies/cost/pricing/charge";
import { BOUNDS, groupLines, sumOf } from "../../policies/cost/pricing/sums";
import type { ExchangeRate } from "./exchange-rate";

/** The bounds of `lines` for machines: dollars, how many of them rest on estimated prices, and yen. */
export function inBothCurrencies(lines: readonly CostLine[], { jpyPerUsd }: ExchangeRate) {
  const sums = sumOf(lines);
  return Object.fromEntries(
    BOUNDS.map((bound) => [bound, { ...sums[bound], jpy: Math.round(sums[bound].usd * jpyPerUsd) }]),
  );
}

/** The same of the whole, of every slice and of every resource. */
export function costSums(lines: readonly CostLine[], sliceOf: (urn: string) => string, rate: ExchangeRate) {
  const slices = groupLines(lines, ({ urn }) => sliceOf(urn));
  const resources = groupLines(lines, ({ urn }) => urn);
  return {
    sums: inBothCurrencies(lines, rate),
    slices: [...slices].map(([slice, own]) => ({ slice, ...inBothCurrencies(own, rate) })),
    resources: [...resources].map(([urn, own]) => ({
      urn,
      name: own[0]?.name ?? "",
      slice: sliceOf(urn),
      ...inBothCurrencies(own, rate),
    })),
  };
}
