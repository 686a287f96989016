import { jsonata } from "../../asl/expression";
import type { Assignments, Catcher, State } from "../../asl/states";
import { ALREADY_CLAIMED, BEGUN, type MachineKind } from "../../contracts/machines";
import type { MachinePlace } from "../place";
import { dayBefore, RUN_DATE_SOURCE, runRoot, TOKEN_SOURCE } from "../run-names";
import { claimRun, TAKEN } from "../tasks/claims";

/** Source of the claim of a run, once `runDate` is known. */
export function claimOf(kind: MachineKind): string {
  return `"${kind}#" & $runDate`;
}

/** Where a claim leads that cannot be made. */
export const NOT_STARTED: Catcher = {
  ErrorEquals: ["States.ALL"],
  Output: jsonata("$states.errorOutput"),
  Next: "NotStarted",
};

/** Where a claim leads that somebody else has. */
export const CLAIM_CATCHES: readonly Catcher[] = [
  { ErrorEquals: [TAKEN], Next: ALREADY_CLAIMED },
  NOT_STARTED,
];

/**
 * How every machine begins: it claims its kind and day, and names what the execution will write. A run that somebody else has, or
 * that is done, ends at once and well.
 *
 * @param variables more of them, with their first values
 */
export function beginStates(
  place: MachinePlace,
  kind: MachineKind,
  leaseSeconds: number,
  variables: Assignments = {},
): Readonly<Record<string, State>> {
  return {
    ClaimRun: claimRun(place, {
      claim: `"${kind}#" & ${RUN_DATE_SOURCE}`,
      leaseSeconds,
      assign: { runDate: jsonata(RUN_DATE_SOURCE), token: jsonata(TOKEN_SOURCE) },
      catches: CLAIM_CATCHES,
    }),
    [BEGUN]: nameRun(place, kind, variables),
  };
}

/** Says what the execution will write. @param variables more of them, with their first values */
export function nameRun(place: MachinePlace, kind: MachineKind, variables: Assignments = {}): State {
  return {
    Type: "Pass",
    Assign: {
      cutoff: jsonata(dayBefore("$runDate")),
      processed: jsonata(runRoot(place, "processed", kind)),
      results: jsonata(runRoot(place, "results", kind)),
      ...variables,
    },
  };
}

/** Where the first state leads when the run is not begun. */
export const NOT_BEGUN: Readonly<Record<string, State>> = {
  [ALREADY_CLAIMED]: { Type: "Succeed", Comment: "Another execution has this run, or has done it" },
  NotStarted: {
    Type: "Fail",
    Error: jsonata("$states.input.Error"),
    Cause: jsonata("$states.input.Cause"),
  },
};
