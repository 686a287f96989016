import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";
import type { CleanupLine, CleanupResult, Outcome } from "./run-cleanup";

/** The remnants in a table, what they cost together, and what is to be done next. */
export function cleanupReport(
  stack: string,
  { lines, unseen }: CleanupResult,
  isDryRun: boolean,
  paint: Colour,
): string[] {
  const rows = lines.map(({ kind, remnant, outcome }) => [
    kind,
    remnant.name,
    remnant.detail,
    usdText(remnant.monthlyUsd),
    outcomeText(outcome, paint),
  ]);
  const columns = [
    { title: "kind" },
    { title: "name" },
    { title: "what there is" },
    { title: "USD a month", align: "right" },
    { title: "outcome" },
  ] as const;
  return [
    ...(lines.length === 0 ? [] : table(columns, rows)),
    ...unseen.map(({ kind, reason }) => paint.red(`${kind}: the account cannot be asked: ${reason}`)),
    ...(lines.length === 0 && unseen.length > 0 ? [] : summary(stack, { lines, unseen }, isDryRun)),
  ];
}

/** US dollars a month of everything that is still there and has a known price. */
export function billingUsd(lines: readonly CleanupLine[]): number {
  return lines
    .filter(({ outcome }) => outcome.state !== "deleted")
    .reduce((sum, { remnant }) => sum + (remnant.monthlyUsd ?? 0), 0);
}

function summary(stack: string, { lines, unseen }: CleanupResult, isDryRun: boolean): string[] {
  if (lines.length === 0) return [`nothing of ${stack} is in the way of pulumi destroy`];
  const byUse = lines.filter(
    ({ remnant, outcome }) => remnant.monthlyUsd === undefined && outcome.state !== "deleted",
  ).length;
  const usd = `${billingUsd(lines).toFixed(2)} USD a month`;
  const cost = byUse === 0 ? usd : `${usd}, and ${byUse} more by use`;
  const count = (state: Outcome["state"]) => lines.filter(({ outcome }) => outcome.state === state).length;
  if (isDryRun) {
    const without = unseen.length === 0 ? "" : " without what could not be seen";
    return [`${lines.length} found, billed ${cost}${without}; nothing was deleted: add --apply`];
  }
  const left = count("failed") + count("leaving");
  const parts = [
    ...(left === 0 ? [] : [`${left} left (${cost})`]),
    ...(unseen.length === 0
      ? []
      : [`${unseen.length} kind${unseen.length === 1 ? "" : "s"} could not be seen`]),
  ];
  const rest =
    parts.length === 0 ? `then: pulumi destroy --stack ${stack}` : `${parts.join(", ")}: run it again`;
  return [`${count("deleted")} deleted; ${rest}`];
}

function outcomeText(outcome: Outcome, paint: Colour): string {
  switch (outcome.state) {
    case "found":
      return "";
    case "deleted":
      return paint.green("deleted");
    case "leaving":
      return paint.yellow("still being deleted");
    case "failed":
      return paint.red(outcome.reason);
  }
}

function usdText(usd: number | undefined): string {
  return usd === undefined ? "by use" : usd.toFixed(2);
}
