import { joined, jsonata, quoted } from "../asl/expression";
import { caught, flow } from "../asl/flow";
import type { Machine, State } from "../asl/states";
import { RUN_DOCUMENTS } from "../contracts/run-documents";
import { INCOMING_PREFIX, publishedKey } from "../contracts/runs";
import { FAILED, failureStates, refuse } from "./ending";
import { NOT_BEGUN } from "./parts/begin";
import { beginWeek, WEEK_CLAIM } from "./parts/begin-week";
import { CATEGORY_FAILED, categorySeconds, eachCategory, endCategoryRun } from "./parts/judge";
import { planStates, publishLakeStates } from "./parts/lake";
import { trainSeriesStates } from "./parts/train-series";
import { passStates, reduceState } from "./parts/passes";
import type { MachinePlace } from "./place";
import { keyOf } from "./run-names";
import { fencePublication, TAKEN } from "./tasks/claims";
import { DOCUMENT, isThere, readDocument, writeDocument } from "./tasks/objects";
import { readPointers, VERSION_ARGUMENTS } from "./tasks/pointers";
import { processingJob } from "./tasks/processing-job";
import { trainingJob } from "./tasks/training-job";

/** What nights forecast with while no new week is published. */
const LAST_WEEK = quoted("the models and the baseline of the last good week");

const DAY_SECONDS = 24 * 3600;

/** Data, features and the evaluation of what is live take a day at most; the rest is training, and people who approve. */
function weekSeconds(place: MachinePlace): number {
  return DAY_SECONDS + categorySeconds(place);
}

/**
 * The week: features of the whole history, the baseline and the simple forecasters chosen anew, what is live evaluated, and published for
 * the nights; then a candidate for each category that it was started for. In an empty account it begins with all files that have come so far.
 */
export function weeklyMachine(place: MachinePlace): Machine {
  const seconds = weekSeconds(place);
  const { coolDownDays } = place.sizes;
  return {
    Comment: "Baseline, evaluation and candidates, every week and when the sales drift",
    QueryLanguage: "JSONata",
    TimeoutSeconds: seconds,
    ...flow({
      ...caught(FAILED, {
        ...beginWeek(place, seconds),
        ...lakeStates(place),
        ...planStates(place),
        ...featureStates(place),
        ...evaluateStates(place),
        ...publishStates(place),
        TrainCategories: trainCategories(place),
        AreAllTrained: {
          Type: "Choice",
          Choices: [{ Condition: jsonata("$count($failedCategories) > 0"), Next: "CategoriesFailed" }],
          Default: "EndRun",
        },
        CategoriesFailed: refuse(
          "CategoriesFailed",
          '"training failed: " & $join($failedCategories, ", ")',
          "[]",
          '[$failedCategories.("all of " & $)]',
        ),
        EndRun: endCategoryRun(place, WEEK_CLAIM, coolDownDays * DAY_SECONDS),
      }),
      Done: { Type: "Succeed" },
      ...NOT_BEGUN,
      ...failureStates(place, "weekly", LAST_WEEK, {
        claim: WEEK_CLAIM,
        coolDownSeconds: Math.min(coolDownDays, 1) * DAY_SECONDS,
      }),
    }),
  };
}

/** The lake as the nights left it, or the first one, of everything that has come. */
function lakeStates(place: MachinePlace): Record<string, State> {
  return {
    FindLake: isThere(place, "results", publishedKey("lake"), "hasLake"),
    HasLake: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasLake"), Next: "ReadLake" }],
      Default: "IngestHistory",
    },
    ReadLake: {
      ...readDocument(place, "results", publishedKey("lake"), {
        lake: jsonata(`${DOCUMENT}.lake`),
        lakeCutoff: jsonata(`${DOCUMENT}.cutoff`),
      }),
      Next: "PlanRun",
    },
    IngestHistory: processingJob(place, {
      stage: "ingest",
      options: { today: jsonata("$runDate") },
      moreArguments: '["--keep-lines"]',
      inputs: { data: `s3://${place.buckets.raw}/${INCOMING_PREFIX}` },
      outputs: { "": joined`${"$processed"}/lake` },
      kept: joined`${"$processed"}/kept`,
      size: place.sizes.whole,
      assign: { lake: joined`${"$processed"}/lake`, kept: joined`${"$processed"}/kept` },
    }),
    ReadFirstLake: readDocument(place, "processed", keyOf('$lake & "/lake.json"'), {
      lakeCutoff: jsonata(`${DOCUMENT}.cutoff`),
    }),
    ...publishLakeStates(place),
  };
}

/** The training set without the categories that the run was not started for. */
const TRAINED_SOURCE = `(
  $set := ${DOCUMENT};
  $merge([$set, {"categories": [$set.categories[category in $chosen]]}])
)`;

function featureStates(place: MachinePlace): Record<string, State> {
  const range = { from: jsonata("$plan.features.from"), to: jsonata("$plan.features.to") };
  const inputs = {
    lake: jsonata("$lake"),
    features: joined`${"$processed"}/features`,
    baseline: joined`${"$results"}/baseline`,
  };
  return {
    ...passStates(place, "SumChain", { stage: "chain-sums", options: range, next: "ReduceChain" }),
    ReduceChain: reduceState(place, "reduce-chain-sums", "chain-sums"),
    ...passStates(place, "BuildFeatures", {
      stage: "features",
      options: range,
      inputs: { "chain-sums": joined`${"$processed"}/reduce-chain-sums` },
      next: "FitBaseline",
    }),
    FitBaseline: processingJob(place, {
      stage: "baseline",
      inputs: { lake: inputs.lake },
      outputs: { "": inputs.baseline },
      size: place.sizes.whole,
      assign: { featuresUri: inputs.features, baselineUri: inputs.baseline },
    }),
    WriteTrainingSet: processingJob(place, {
      stage: "training-set",
      options: { rows: String(place.sizes.trainingRowsMax) },
      inputs,
      outputs: { "": joined`${"$processed"}/training-set` },
      size: place.sizes.whole,
      assign: { trainingSetUri: joined`${"$processed"}/training-set` },
    }),
    ReadTrainingSet: readDocument(
      place,
      "processed",
      keyOf(`$trainingSetUri & "/${RUN_DOCUMENTS.trainingSet}"`),
      { trainingSet: jsonata(TRAINED_SOURCE) },
    ),
  };
}

/** How the models that are live do: nights take the spread of their errors from it. */
function evaluateStates(place: MachinePlace): Record<string, State> {
  return {
    ReadPointers: readPointers(place),
    EvaluateLive: processingJob(place, {
      stage: "evaluate",
      moreArguments: VERSION_ARGUMENTS,
      inputs: {
        lake: jsonata("$lake"),
        features: jsonata("$featuresUri"),
        baseline: jsonata("$baselineUri"),
        served: `s3://${place.buckets.models}/mme`,
      },
      outputs: { "": joined`${"$results"}/evaluation` },
      size: place.sizes.whole,
    }),
  };
}

function publishStates(place: MachinePlace): Record<string, State> {
  const manifest = `{
    "runDate": $runDate, "cutoff": $plan.cutoff, "execution": $states.context.Execution.Id, "lake": $lake,
    "baseline": $baselineUri, "evaluation": $results & "/evaluation", "features": $featuresUri, "trainingSet": $trainingSetUri
  }`;
  return {
    MayPublish: fencePublication(place, "week", "$runDate", [
      { ErrorEquals: [TAKEN], Next: "NewerIsPublished" },
    ]),
    Publish: { ...writeDocument(place, "results", publishedKey("week"), manifest), Next: "TrainCategories" },
    NewerIsPublished: refuse("NewerIsPublished", quoted("a later week has been published already")),
  };
}

function trainCategories(place: MachinePlace): State {
  return eachCategory(place, {
    ...trainSeriesStates(place, "Train"),
    Train: { ...trainingJob(place, "$trainingSetUri"), Catch: [CATEGORY_FAILED], Next: "Judge" },
  });
}
