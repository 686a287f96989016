import { jsonata, quoted } from "../asl/expression";
import type { Expression } from "../asl/states";
import type { JobPurpose, MachineKind } from "../contracts/machines";
import { RUNS_PREFIX } from "../contracts/runs";
import type { MachinePlace } from "./place";

/** Japan has no daylight saving time. */
const JAPAN_OFFSET_MILLISECONDS = 9 * 3600 * 1000;
const DAY_MILLISECONDS = 24 * 3600 * 1000;
const DATE_PICTURE = '"[Y0001]-[M01]-[D01]"';

/** The run's day out of the execution's input (contracts/machines.ts), source of an expression. */
export const RUN_DATE_SOURCE = `(
  $given := $states.input.runDate;
  $day := $exists($given) ? $given
    : $fromMillis($toMillis($states.input.scheduledTime) + ${JAPAN_OFFSET_MILLISECONDS}, ${DATE_PICTURE});
  $assert($contains($day, /^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/), "runDate is " & $string($day) & "; allowed: a day such as 2026-11-25");
  $day
)`;

/** The day before `day`, sources. */
export function dayBefore(day: string): string {
  return `$fromMillis($toMillis(${day}) - ${DAY_MILLISECONDS}, ${DATE_PICTURE})`;
}

/** Six hexadecimal digits of the execution: the same in all its states, another one in every other execution. */
export const TOKEN_SOURCE = '$substring($hash($states.context.Execution.Id, "SHA-256"), 0, 6)';

/** Seconds since 1970 when the state began: the clock of the machine, not of the expression. */
export const NOW_SECONDS = "$floor($toMillis($states.context.State.EnteredTime) / 1000)";

/** S3 URI of the run's folders in a bucket, source. */
export function runRoot(
  { buckets }: MachinePlace,
  bucket: "processed" | "results",
  kind: MachineKind,
): string {
  return `${quoted(`s3://${buckets[bucket]}/${RUNS_PREFIX}${kind}/`)} & $runDate & "/" & $token`;
}

/**
 * Name of a job of this execution, another one for every attempt of its state (contracts/machines.ts).
 *
 * @param shard source of the shard's number, where there are several
 */
export function jobName(
  { prefix }: Pick<MachinePlace, "prefix">,
  purpose: JobPurpose,
  shard?: string,
): Expression {
  return jsonata(jobNameSource(prefix, quoted(purpose), shard));
}

/** @param purpose source of the job's purpose */
export function jobNameSource(prefix: string, purpose: string, shard?: string): string {
  const part = shard === undefined ? "" : ` & "-s" & $string(${shard})`;
  return (
    `${quoted(`${prefix}-`)} & ${purpose}${part} & "-" & $replace($runDate, "-", "") & "-" & $token` +
    ' & ($states.context.State.RetryCount > 0 ? "-" & $string($states.context.State.RetryCount) : "")'
  );
}

/** Key of an S3 URI, without its bucket. @param uri source */
export function keyOf(uri: string): Expression {
  return jsonata(`$join($split(${uri}, "/")[[3..99]], "/")`);
}
