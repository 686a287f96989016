import { jsonata, quoted } from "../asl/expression";
import { caught, flow } from "../asl/flow";
import type { Machine, State } from "../asl/states";
import { CATEGORY_NUMBERS } from "../contracts/machines";
import { RUN_DOCUMENTS } from "../contracts/run-documents";
import { publishedKey } from "../contracts/runs";
import { FAILED, failureStates, refuse } from "./ending";
import { beginStates, claimOf, NOT_BEGUN } from "./parts/begin";
import {
  CATEGORY_FAILED,
  categorySeconds,
  deepArCategories,
  eachCategory,
  endCategoryRun,
  ends,
} from "./parts/judge";
import type { MachinePlace } from "./place";
import { keyOf } from "./run-names";
import { DOCUMENT, isThere, readDocument } from "./tasks/objects";
import { readPointers } from "./tasks/pointers";
import { tuningJob } from "./tasks/training-job";

/**
 * `<prefix>-t<category>-<yymmdd>-<token>`, source: SageMaker takes 32 characters, so the category is its number and the execution's token
 * is cut to four. An attempt changes the last digit.
 */
function tuningJobName(prefix: string): string {
  return (
    `${quoted(`${prefix}-t`)} & $string($lookup(${JSON.stringify(CATEGORY_NUMBERS)}, $category)) & "-" & ` +
    '$substring($replace($runDate, "-", ""), 2) & "-" & $substring($token, 0, 4) & $string($states.context.State.RetryCount % 10)'
  );
}

/** Searches hyperparameters on the training set of the last week, and takes the best job of each category through the same gate. */
export function tuningMachine(place: MachinePlace): Machine {
  const seconds = place.sizes.tuning.runtimeSeconds + categorySeconds(place);
  return {
    Comment: "Hyperparameters of each category, monthly and on demand",
    QueryLanguage: "JSONata",
    TimeoutSeconds: seconds,
    ...flow({
      ...caught(FAILED, {
        ...beginStates(place, "tuning", seconds),
        ...readWeek(place),
        ReadPointers: readPointers(place),
        TuneCategories: tuneCategories(place),
        AreAllTuned: {
          Type: "Choice",
          Choices: [{ Condition: jsonata("$count($failedCategories) > 0"), Next: "CategoriesFailed" }],
          Default: "EndRun",
        },
        CategoriesFailed: refuse("CategoriesFailed", '"tuning failed: " & $join($failedCategories, ", ")'),
        EndRun: endCategoryRun(place, claimOf("tuning")),
      }),
      Done: { Type: "Succeed" },
      ...NOT_BEGUN,
      ...failureStates(place, "tuning", quoted("the models that are live"), { claim: claimOf("tuning") }),
    }),
  };
}

function readWeek(place: MachinePlace): Record<string, State> {
  return {
    FindWeek: isThere(place, "results", publishedKey("week"), "hasWeek"),
    HasWeek: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasWeek"), Next: "ReadWeek" }],
      Default: "NoWeek",
    },
    NoWeek: refuse("NoWeek", quoted("no weekly run has been published: there is nothing to tune on")),
    ReadWeek: readDocument(place, "results", publishedKey("week"), {
      lake: jsonata(`${DOCUMENT}.lake`),
      featuresUri: jsonata(`${DOCUMENT}.features`),
      baselineUri: jsonata(`${DOCUMENT}.baseline`),
      trainingSetUri: jsonata(`${DOCUMENT}.trainingSet`),
    }),
    ReadTrainingSet: readDocument(
      place,
      "processed",
      keyOf(`$trainingSetUri & "/${RUN_DOCUMENTS.trainingSet}"`),
      { trainingSet: jsonata(tunedSource(place)) },
    ),
  };
}

/** The training set of the categories whose candidates are trees: the others have nothing that is searched here. */
function tunedSource(place: MachinePlace): string {
  const others = deepArCategories(place);
  if (others.length === 0) return DOCUMENT;
  return `($set := ${DOCUMENT}; $merge([$set, {"categories": [$set.categories[$not(category in ${JSON.stringify(others)})]]}]))`;
}

function tuneCategories(place: MachinePlace): State {
  return eachCategory(place, {
    Tune: {
      ...tuningJob(place, "$trainingSetUri", tuningJobName(place.prefix)),
      Catch: [CATEGORY_FAILED],
      Next: "HasModel",
    },
    HasModel: {
      Type: "Choice",
      Choices: [{ Condition: jsonata('$archive != ""'), Next: "Judge" }],
      Default: "NoModel",
    },
    NoModel: ends(
      "failed",
      quoted("no training job has a model: none ended in its time"),
      "TellCategoryFailed",
    ),
  });
}
