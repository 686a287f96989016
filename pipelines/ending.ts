import { jsonata, quoted } from "../asl/expression";
import type { Catcher, PassState, State } from "../asl/states";
import type { MachineKind } from "../contracts/machines";
import type { MachinePlace } from "./place";
import { endClaim } from "./tasks/claims";
import { alertTopic, notify } from "./tasks/reports";

/** First state of the failed end of every machine. */
const FAILURE = "TellFailure";

/** Any error: remembers what and where, and ends the run. */
export const FAILED: Catcher = {
  ErrorEquals: ["States.ALL"],
  Assign: {
    failure: jsonata(
      '{"reason": $states.errorOutput.Error, "cause": $states.errorOutput.Cause, "state": $states.context.State.Name, "stores": [], "skus": []}',
    ),
  },
  Next: FAILURE,
};

/**
 * Ends the run for a reason of its own.
 *
 * @param cause source of a text
 * @param stores source of a list of store codes; @param skus of SKUs
 */
export function refuse(reason: string, cause: string, stores = "[]", skus = "[]"): PassState {
  return {
    Type: "Pass",
    Assign: {
      failure: jsonata(
        `{"reason": ${quoted(reason)}, "cause": ${cause}, "state": $states.context.State.Name, "stores": ${stores}, "skus": ${skus}}`,
      ),
    },
    Next: FAILURE,
  };
}

/**
 * The failed end: tells people what is missing and what is served instead, gives the claim back so that the run can be started
 * again, and fails. A step that fails itself stops none of the next.
 *
 * @param still source of a text: what readers get meanwhile
 * @param end source of the claim, and the pause after it, for claims that have one
 */
export function failureStates(
  place: MachinePlace,
  kind: MachineKind,
  still: string,
  end: { readonly claim: string; readonly coolDownSeconds?: number },
  more: Readonly<Record<string, State>> = {},
): Readonly<Record<string, State>> {
  const names = [FAILURE, ...Object.keys(more), "GiveClaimBack", "Failed"];
  const onward = (state: State, i: number): State => {
    const next = names[i + 1]!;
    return state.Type === "Task"
      ? { ...state, Next: next, Catch: [{ ErrorEquals: ["States.ALL"], Next: next }] }
      : state;
  };
  const message = `{"machine": ${quoted(`${place.prefix}-${kind}`)}, "runDate": $runDate, "execution": $states.context.Execution.Id,
    "reason": $failure.reason, "state": $failure.state, "cause": $failure.cause, "stores": $failure.stores, "skus": $failure.skus,
    "served": ${still}}`;
  const subject = `${quoted(`${place.prefix} ${kind} `)} & $runDate & " failed: " & $failure.reason`;
  const steps: State[] = [
    notify(alertTopic(place), subject, message),
    ...Object.values(more),
    endClaim(place, end.claim, "failed", end.coolDownSeconds),
    { Type: "Fail", Error: jsonata("$failure.reason"), Cause: jsonata("$string($failure.cause)") },
  ];
  return Object.fromEntries(steps.map((state, i) => [names[i]!, onward(state, i)]));
}
