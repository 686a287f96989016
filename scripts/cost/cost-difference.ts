import type { CostLine } from "../../policies/cost/pricing/charge";
import type { Estimate } from "../../policies/cost/pricing/estimate";
import { groupLines, sumOf, type CostSum } from "../../policies/cost/pricing/sums";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";
import { unpricedLines } from "./cost-report";
import { describeRate, type ExchangeRate } from "./exchange-rate";
import { MARKED_FROM_SHARE, markedUsd, usd, yen } from "./money";

/** What one resource costs a month at maximum capacity before and after. */
export interface CostChange {
  readonly urn: string;
  readonly name: string;
  readonly before: CostSum;
  readonly after: CostSum;
}

/** Differences below it are noise of rounding. */
const SHOWN_FROM_USD = 0.005;
const NOTHING: CostSum = { usd: 0, estimatedUsd: 0 };

/** Resources whose cost differs, the largest difference first. */
export function costChanges(before: Estimate, after: Estimate): CostChange[] {
  const [old, now] = [byResource(before.lines), byResource(after.lines)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => {
      const { urn = "", name = "" } = (now.get(key) ?? old.get(key))?.[0] ?? {};
      const at = (lines: readonly CostLine[] | undefined) => (lines ? sumOf(lines).maximum : NOTHING);
      return { urn, name, before: at(old.get(key)), after: at(now.get(key)) };
    })
    .filter((change) => size(change) >= SHOWN_FROM_USD)
    .sort((a, b) => size(b) - size(a) || (a.urn < b.urn ? -1 : 1));
}

const size = ({ before, after }: CostChange) => Math.abs(after.usd - before.usd);

/** By the URN without its stack: the same resource of two environments is one. */
const byResource = (lines: readonly CostLine[]) =>
  groupLines(lines, ({ urn }) => urn.replace(/^urn:pulumi:[^:]*::/, ""));

/** The changes in a table, both sums, and what has no price. */
export function costDifference(
  before: Estimate,
  after: Estimate,
  { against, rate }: { readonly against: string; readonly rate: ExchangeRate },
  paint: Colour,
): string[] {
  const signed = (change: number) => (change > 0 ? paint.red(`+${usd(change)}`) : paint.green(usd(change)));
  const row = (name: string, old: CostSum, now: CostSum) => [
    name,
    markedUsd(old),
    markedUsd(now),
    signed(now.usd - old.usd),
    yen(now.usd - old.usd, rate.jpyPerUsd),
  ];
  const changes = costChanges(before, after);
  const [old, now] = [sumOf(before.lines), sumOf(after.lines)];
  const rows = [
    ...changes.map((change) => row(change.name, change.before, change.after)),
    row("sum at minimum capacity", old.minimum, now.minimum),
    row("sum of an ordinary month", old.expected, now.expected),
    row("sum at maximum capacity", old.maximum, now.maximum),
  ];
  const columns = [
    { title: "resource (at maximum)" },
    { title: "before USD", align: "right" },
    { title: "after USD", align: "right" },
    { title: "difference", align: "right" },
    { title: "JPY", align: "right" },
  ] as const;
  return [
    paint.bold(`Monthly cost against ${against}`),
    paint.dim(`${describeRate(rate)}; ~ rests on estimated prices for ${MARKED_FROM_SHARE * 100} % and more`),
    "",
    ...(changes.length === 0 ? ["no resource costs more or less"] : table(columns, rows)),
    // What has no price is no difference, and not nothing.
    ...(after.unpriced.length === 0 ? [] : ["", ...unpricedLines(after.unpriced, paint)]),
  ];
}
