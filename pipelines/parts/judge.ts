import { CATEGORIES, type Category } from "../../contracts/categories";
import { joined, jsonata, quoted } from "../../asl/expression";
import { caught, flow } from "../../asl/flow";
import type { Catcher, Expression, PassState, State, TaskState } from "../../asl/states";
import { categoryClaim } from "../../contracts/machines";
import { TRAINED_MODELS_PREFIX } from "../../contracts/model-artifact";
import { processingInput } from "../../contracts/processing-container";
import { RUN_DOCUMENTS } from "../../contracts/run-documents";
import type { MachinePlace } from "../place";
import { keyOf } from "../run-names";
import { claimCategory, endClaim, TAKEN } from "../tasks/claims";
import { DOCUMENT, readDocument } from "../tasks/objects";
import { pointChallenger, VERSION_ARGUMENTS } from "../tasks/pointers";
import { processingJob } from "../tasks/processing-job";
import {
  approveVersion,
  copyToChallenger,
  packagedSeries,
  readApproval,
  registerVersion,
} from "../tasks/registry";
import { announce, modelTopic, notify } from "../tasks/reports";

/** Under so many rows trees learn noise: the chosen baseline serves. */
const TRAIN_ROWS_MIN = 2_000;
const APPROVAL_POLL_SECONDS = 1800;
const DAY_SECONDS = 86_400;

/** Source of a category's claim. */
const CLAIM = `${quoted(categoryClaim(""))} & $category`;

/** Any error of a category: the others go on. */
export const CATEGORY_FAILED: Catcher = {
  ErrorEquals: ["States.ALL"],
  Assign: { outcome: "failed", cause: jsonata("$states.errorOutput.Cause") },
  Next: "TellCategoryFailed",
};

/** Seconds for which a category is held: its training, and the people who approve. */
export function categorySeconds({ sizes }: MachinePlace): number {
  return sizes.approvalHours * 3600 + DAY_SECONDS;
}

/**
 * One training of a category at a time, and none in the pause after it, however many drift alarms ask for one. The flow's item is
 * an entry of TrainingSet.categories.
 */
function beginCategory(place: MachinePlace, next: string): Record<string, State> {
  return {
    ClaimCategory: claimCategory(place, {
      claim: `${quoted(categoryClaim(""))} & $states.input.category`,
      leaseSeconds: categorySeconds(place),
      assign: {
        category: jsonata("$states.input.category"),
        rows: jsonata("$states.input.trainRows"),
        outcome: "begun",
        cause: "none",
      },
      catches: [
        {
          ErrorEquals: [TAKEN],
          Output: jsonata(
            '{"category": $states.input.category, "outcome": "running elsewhere or in its pause"}',
          ),
          Next: "CategoryDone",
        },
        {
          ErrorEquals: ["States.ALL"],
          Output: jsonata(
            '{"category": $states.input.category, "outcome": "failed", "cause": $states.errorOutput.Cause}',
          ),
          Next: "CategoryDone",
        },
      ],
    }),
    HasRows: {
      Type: "Choice",
      Choices: [{ Condition: jsonata(`$rows >= ${TRAIN_ROWS_MIN}`), Next: next }],
      Default: "TooFewRows",
    },
    TooFewRows: ends("too few rows", '$string($rows) & " rows"'),
  };
}

/** Categories whose candidates are made with DeepAR. */
export function deepArCategories({ algorithms }: MachinePlace): Category[] {
  return CATEGORIES.filter((name) => algorithms[name] === "deepar");
}

/** Makes a candidate for each category, all at the same time, and takes it through the gate. @param make states that lead to Judge, the first one first */
export function eachCategory(place: MachinePlace, make: Readonly<Record<string, State>>): State {
  const [first = ""] = Object.keys(make);
  return {
    Type: "Map",
    Items: jsonata("$trainingSet.categories"),
    MaxConcurrency: CATEGORIES.length,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      ...flow({ ...beginCategory(place, first), ...make, ...judgeStates(place) }),
    },
    Assign: { failedCategories: jsonata(FAILED_CATEGORIES), categoryEnds: jsonata("[$states.result]") },
  };
}

/**
 * What becomes of a trained candidate (`archive`): evaluated on rolling origins beside the champion and the simple forecasters, through
 * the gate, proposed with its metrics and lineage, and the challenger only when it is approved.
 */
function judgeStates(place: MachinePlace): Record<string, State> {
  return {
    ...caught(CATEGORY_FAILED, {
      ...verdictStates(place),
      ...approvalStates(place),
      ...challengerStates(place),
    }),
    ...endStates(place),
  };
}

/** Ends a run over categories: its output is MachineOutput. @param coolDownSeconds pause of the run's claim */
export function endCategoryRun(place: MachinePlace, claim: string, coolDownSeconds = 0): TaskState {
  return {
    ...endClaim(place, claim, "done", coolDownSeconds),
    Output: jsonata('{"runDate": $runDate, "categories": $categoryEnds}'),
  };
}

/** Holds `$archive` against what is live. @param answers of DeepAR, whose archive is no model of this program's */
export function judgeCandidate(
  place: MachinePlace,
  answers: Readonly<Record<"series" | "answers", Expression>> | undefined = undefined,
): TaskState {
  const judged = joined`${quoted(`s3://${place.buckets.models}/${TRAINED_MODELS_PREFIX}judged/`)}${"$runDate"}/${"$token"}/${"$category"}`;
  return processingJob(place, {
    stage: "judge",
    purpose: { source: '"judge-" & $category' },
    options: {
      category: jsonata("$category"),
      ...(answers ? { series: processingInput("series"), answers: processingInput("answers") } : {}),
    },
    moreArguments: VERSION_ARGUMENTS,
    inputs: {
      lake: jsonata("$lake"),
      features: jsonata("$featuresUri"),
      baseline: jsonata("$baselineUri"),
      served: `s3://${place.buckets.models}/mme`,
      candidate: { object: jsonata("$archive") },
      ...answers,
    },
    outputs: { "": judged },
    size: place.sizes.whole,
    assign: { judged },
  });
}

function verdictStates(place: MachinePlace): Record<string, State> {
  const series = deepArCategories(place);
  return {
    Judge: judgeCandidate(place),
    ReadVerdict: readDocument(place, "models", keyOf(`$judged & "/${RUN_DOCUMENTS.verdict}"`), {
      verdict: jsonata(DOCUMENT),
    }),
    IsAccepted: {
      Type: "Choice",
      Choices: [
        ...(series.length === 0
          ? []
          : [
              {
                Condition: jsonata(`$verdict.isAccepted and $category in ${JSON.stringify(series)}`),
                Next: "RegisterSeries",
              },
            ]),
        { Condition: jsonata("$verdict.isAccepted"), Next: "Register" },
      ],
      Default: "Refused",
    },
    Refused: ends("refused by the gate", '$join([$verdict.reasons], "; ")', "TellRefused"),
    ...(series.length === 0
      ? {}
      : {
          RegisterSeries: registerVersion(place, packagedSeries(place)),
          NotServed: ends("registered and not served", "$packageArn", "TellNotServed"),
        }),
    Register: registerVersion(place),
  };
}

/** Whether the proposal is taken: at once where the environment says so, else when somebody has approved it in the registry. */
function approvalStates(place: MachinePlace): Record<string, State> {
  const { approval, approvalHours } = place.sizes;
  if (approval === "automatic") return { Approve: approveVersion() };
  const looks = Math.ceil((approvalHours * 3600) / APPROVAL_POLL_SECONDS);
  return {
    TellProposal: notify(
      modelTopic(place),
      `${quoted(`${place.prefix}: a model of `)} & $category & " waits for approval"`,
      `{"modelPackage": $packageArn, "verdict": $verdict, "answerWithinHours": ${approvalHours}}`,
    ),
    WaitForApproval: { Type: "Wait", Seconds: APPROVAL_POLL_SECONDS },
    ReadApproval: readApproval(),
    IsApproved: {
      Type: "Choice",
      Choices: [
        { Condition: jsonata('$approval = "Approved"'), Next: "CopyCard" },
        { Condition: jsonata('$approval = "Rejected"'), Next: "Rejected" },
        { Condition: jsonata(`$looks < ${looks}`), Next: "WaitForApproval" },
      ],
      Default: "NotAnswered",
    },
    Rejected: ends("rejected", "$packageArn"),
    NotAnswered: ends("not answered", "$packageArn"),
  };
}

function challengerStates(place: MachinePlace): Record<string, State> {
  return {
    // The card first: an archive is never without one.
    CopyCard: copyToChallenger(place, '$verdict.version & ".card.json"'),
    CopyArchive: copyToChallenger(place, '$verdict.version & ".tar.gz"'),
    PointChallenger: pointChallenger(place, "$verdict.version"),
    AnnounceChallenger: {
      ...announce("Challenger Changed", {
        environment: place.environment,
        category: jsonata("$category"),
        version: jsonata("$verdict.version"),
        modelPackage: jsonata("$packageArn"),
      }),
      Assign: { outcome: "challenger", cause: jsonata("$verdict.version") },
      Next: "ReleaseCategory",
    },
  };
}

/** Every way gives the category back; a failed one without a pause. */
function endStates(place: MachinePlace): Record<string, State> {
  const result = jsonata('{"category": $category, "outcome": $outcome, "cause": $cause}');
  const tell = (what: string, next: string): State => ({
    ...notify(
      modelTopic(place),
      `${quoted(`${place.prefix}: training of `)} & $category & ${quoted(` ${what}`)}`,
      '{"category": $category, "outcome": $outcome, "cause": $cause, "execution": $states.context.Execution.Id}',
    ),
    Catch: [{ ErrorEquals: ["States.ALL"], Next: next }],
    Next: next,
  });
  const release = (status: "done" | "failed", seconds: number): State => ({
    ...endClaim(place, CLAIM, status, seconds),
    Output: result,
    Catch: [{ ErrorEquals: ["States.ALL"], Output: result, Next: "CategoryDone" }],
    Next: "CategoryDone",
  });
  return {
    TellRefused: tell("was refused by the gate", "ReleaseCategory"),
    ...(deepArCategories(place).length === 0
      ? {}
      : {
          TellNotServed: tell(
            "is registered; DeepAR serves neither the API nor the nights",
            "ReleaseCategory",
          ),
        }),
    TellCategoryFailed: tell("failed", "ReleaseFailedCategory"),
    ReleaseFailedCategory: release("failed", 0),
    ReleaseCategory: release("done", place.sizes.coolDownDays * DAY_SECONDS),
    CategoryDone: { Type: "Succeed" },
  };
}

/** The outcome of a category, for its report. @param cause source of a text */
export function ends(outcome: string, cause: string, next = "ReleaseCategory"): PassState {
  return { Type: "Pass", Assign: { outcome, cause: jsonata(cause) }, Next: next };
}

/** SKUs of categories whose training has failed, source of a list; of a Map over categories. */
const FAILED_CATEGORIES = '[$states.result[outcome = "failed"].category]';
