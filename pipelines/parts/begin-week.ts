import { CATEGORIES } from "../../contracts/categories";
import { jsonata, quoted } from "../../asl/expression";
import type { State } from "../../asl/states";
import { ALREADY_CLAIMED, BEGUN, driftClaim } from "../../contracts/machines";
import type { MachinePlace } from "../place";
import { RUN_DATE_SOURCE, TOKEN_SOURCE } from "../run-names";
import { claimCategory, claimRun, lookAtCategory } from "../tasks/claims";
import { CLAIM_CATCHES, nameRun, NOT_STARTED } from "./begin";

/** Source of the claim of a weekly run, after its first states. */
export const WEEK_CLAIM = "$claim";

/** The categories of the input, all of them when it has none; source of a list. */
const CATEGORIES_SOURCE = `(
  $all := ${JSON.stringify(CATEGORIES)};
  $given := $exists($states.input.categories) ? [$states.input.categories] : $all;
  $notKnown := $given[$not($ in $all)];
  $assert($count($given) > 0 and $count($notKnown) = 0, "categories are " & $join($given, ", ") & "; allowed: some of " & $join($all, ", "));
  $given
)`;

const DRIFTED_SOURCE = `(
  $drifted := ${CATEGORIES_SOURCE};
  $assert($count($drifted) = 1, "drift of " & $join($drifted, ", ") & "; allowed: one category, each has a run of its own");
  $drifted[0]
)`;

const RUN_CLAIM_SOURCE = `(
  $reason := $exists($states.input.reason) ? $states.input.reason : "schedule";
  $assert($reason in ["schedule", "person"], "reason is " & $string($reason) & "; allowed: schedule, person, drift");
  "weekly#" & ${RUN_DATE_SOURCE} & ($exists($states.input.categories) ? "#" & $join($sort(${CATEGORIES_SOURCE}), "+") : "")
)`;

const DRIFT_CLAIM_SOURCE = `${quoted(driftClaim(""))} & ${DRIFTED_SOURCE}`;

/**
 * How the weekly machine begins: a schedule's and a person's run claims its day, a run for drift its category. Of many signals of a
 * category one gets in; the others end at once and well while it runs, and in the pause after it. So does one
 * whose category another run has, or has trained: it would make the chain's features and train nothing.
 */
export function beginWeek(place: MachinePlace, leaseSeconds: number): Readonly<Record<string, State>> {
  const claimed = (claim: string) => ({
    claim,
    leaseSeconds,
    assign: {
      claim: jsonata(claim),
      runDate: jsonata(RUN_DATE_SOURCE),
      token: jsonata(TOKEN_SOURCE),
      chosen: jsonata(CATEGORIES_SOURCE),
    },
    catches: CLAIM_CATCHES,
  });
  return {
    WhatStartedIt: {
      Type: "Choice",
      Choices: [{ Condition: jsonata('$states.input.reason = "drift"'), Next: "LookAtCategory" }],
      Default: "ClaimRun",
    },
    LookAtCategory: {
      ...lookAtCategory(place, DRIFTED_SOURCE, "IsCategoryFree"),
      Catch: [NOT_STARTED],
      Output: jsonata("$states.input"),
    },
    IsCategoryFree: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$isFree"), Next: "ClaimDrift" }],
      Default: ALREADY_CLAIMED,
    },
    ClaimDrift: { ...claimCategory(place, claimed(DRIFT_CLAIM_SOURCE)), Next: BEGUN },
    ClaimRun: claimRun(place, claimed(RUN_CLAIM_SOURCE)),
    [BEGUN]: nameRun(place, "weekly"),
  };
}
