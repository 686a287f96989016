import type { CostLine } from "./charge";

export const BOUNDS = ["minimum", "expected", "maximum"] as const;
type Bound = (typeof BOUNDS)[number];

/** A sum of lines, and how much of it rests on prices that are estimates. */
export interface CostSum {
  readonly usd: number;
  readonly estimatedUsd: number;
}

export type CostSums = Readonly<Record<Bound, CostSum>>;

function usdOf(line: CostLine, bound: Bound): number {
  return bound === "minimum" ? line.minimumUsd : bound === "expected" ? line.expectedUsd : line.maximumUsd;
}

export function sumOf(lines: readonly CostLine[]): CostSums {
  const estimates = lines.filter(({ price }) => price.source === "estimate");
  const total = (some: readonly CostLine[], bound: Bound) =>
    some.reduce((sum, line) => sum + usdOf(line, bound), 0);
  const at = (bound: Bound): CostSum => ({
    usd: total(lines, bound),
    estimatedUsd: total(estimates, bound),
  });
  return { minimum: at("minimum"), expected: at("expected"), maximum: at("maximum") };
}

/** Part of a sum that rests on estimated prices, 0 to 1. */
export function estimatedShare({ usd, estimatedUsd }: CostSum): number {
  return usd === 0 ? 0 : estimatedUsd / usd;
}

/** Lines by what `keyOf` says of them, in the order of first appearance. */
export function groupLines<Key>(
  lines: readonly CostLine[],
  keyOf: (line: CostLine) => Key,
): Map<Key, CostLine[]> {
  const groups = new Map<Key, CostLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}
