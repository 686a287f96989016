import type { CostLine } from "../../policies/cost/pricing/charge";
import type { Estimate } from "../../policies/cost/pricing/estimate";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";
import { usd } from "./money";

/** What one resource costs a month at maximum capacity before and after, in USD. */
export interface CostChange {
  readonly urn: string;
  readonly name: string;
  readonly beforeUsd: number;
  readonly afterUsd: number;
}

/** Differences below it are noise of rounding. */
const SHOWN_FROM_USD = 0.005;

/** Resources whose cost differs, the largest difference first. */
export function costChanges(before: Estimate, after: Estimate): CostChange[] {
  const [old, now] = [byResource(before.lines), byResource(after.lines)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => ({
      urn: (now.get(key) ?? old.get(key))?.urn ?? "",
      name: (now.get(key) ?? old.get(key))?.name ?? "",
      beforeUsd: old.get(key)?.usd ?? 0,
      afterUsd: now.get(key)?.usd ?? 0,
    }))
    .filter(({ beforeUsd, afterUsd }) => Math.abs(afterUsd - beforeUsd) >= SHOWN_FROM_USD)
    .sort((a, b) => size(b) - size(a) || (a.urn < b.urn ? -1 : 1));
}

const size = ({ beforeUsd, afterUsd }: CostChange) => Math.abs(afterUsd - beforeUsd);

interface ResourceCost {
  readonly urn: string;
  readonly name: string;
  readonly usd: number;
}

/** By the URN without its stack: the same resource of two environments is one. */
function byResource(lines: readonly CostLine[]): Map<string, ResourceCost> {
  const sums = new Map<string, ResourceCost>();
  for (const { urn, name, maximumUsd } of lines) {
    const key = urn.replace(/^urn:pulumi:[^:]*::/, "");
    sums.set(key, { urn, name, usd: (sums.get(key)?.usd ?? 0) + maximumUsd });
  }
  return sums;
}

/** The changes in a table, and both sums. */
export function costDifference(before: Estimate, after: Estimate, against: string, paint: Colour): string[] {
  const signed = (change: number) => (change > 0 ? paint.red(`+${usd(change)}`) : paint.green(usd(change)));
  const row = (name: string, old: number, now: number) => [name, usd(old), usd(now), signed(now - old)];
  const changes = costChanges(before, after);
  const rows = [
    ...changes.map(({ name, beforeUsd, afterUsd }) => row(name, beforeUsd, afterUsd)),
    row("sum at minimum capacity", before.minimumUsd, after.minimumUsd),
    row("sum of an ordinary month", before.expectedUsd, after.expectedUsd),
    row("sum at maximum capacity", before.maximumUsd, after.maximumUsd),
  ];
  const columns = [
    { title: "resource (at maximum)" },
    { title: "before USD", align: "right" },
    { title: "after USD", align: "right" },
    { title: "difference", align: "right" },
  ] as const;
  return [
    paint.bold(`Monthly cost against ${against}`),
    "",
    ...(changes.length === 0 ? ["no resource costs more or less"] : table(columns, rows)),
  ];
}
