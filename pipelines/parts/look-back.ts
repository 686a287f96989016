import { joined, jsonata, quoted } from "../../asl/expression";
import { caught, flow } from "../../asl/flow";
import type { ParallelState, State, States } from "../../asl/states";
import { CATEGORIES } from "../../contracts/categories";
import { COMPARISON_FILE, COMPARISON_FOLDER, COMPARISON_KEY } from "../../contracts/experiment";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import { processingInput } from "../../contracts/processing-container";
import { RUN_DOCUMENTS } from "../../contracts/run-documents";
import { publishedKey } from "../../contracts/runs";
import type { MachinePlace } from "../place";
import { keyOf } from "../run-names";
import { callTask } from "../tasks/call";
import { DOCUMENT, isThere, readDocument, writeDocument } from "../tasks/objects";
import { processingJob } from "../tasks/processing-job";
import { modelTopic, notify, putMetrics } from "../tasks/reports";

/**
 * What a night says of those before it, once it is published: how good the last one was, whether sales or errors drift, and how champion
 * and challenger compare. The three go on beside each other, and none can spoil another or the night: its result is one
 * `{ step, reason?, cause? }` each, with a reason where it failed. A machine of a shard is enough: each reads some weeks, once.
 */
export function lookBack(place: MachinePlace): ParallelState {
  return {
    Type: "Parallel",
    Branches: [
      branch("Measure", measureStates(place)),
      branch("Monitor", monitorStates(place)),
      branch("Compare", compareStates(place)),
    ],
  };
}

/** States that end with a word about themselves, whatever happens: `<step>Went` or, after an error, `<step>Failed`. */
function branch(step: string, states: Readonly<Record<string, State>>): States {
  const failed = {
    ErrorEquals: ["States.ALL"],
    Output: jsonata(
      `{"step": ${quoted(step)}, "reason": $states.errorOutput.Error, "cause": $states.errorOutput.Cause}`,
    ),
    Next: `${step}Failed`,
  };
  return flow({
    ...caught(failed, states),
    [`${step}Went`]: { Type: "Succeed", Output: { step } },
    [`${step}Failed`]: { Type: "Succeed" },
  });
}

/** Completeness comes first: it needs no earlier night. */
function measureStates(place: MachinePlace): Record<string, State> {
  const shares =
    '$map($completeness.categories, function($c) { {"category": $c.category, "share": $c.expected = 0 ? 1 : $c.found / $c.expected} })';
  return {
    PutCompleteness: putMetrics(METRIC_NAMESPACE, completenessData(place, shares)),
    CanMeasure: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasNight"), Next: "MeasureLastNight" }],
      Default: "MeasureWent",
    },
    MeasureLastNight: processingJob(place, {
      stage: "measure",
      options: { simulation: processingInput("simulation") },
      inputs: {
        lake: jsonata("$lake"),
        forecasts: jsonata("$lastNight.forecasts"),
        simulation: joined`${"$results"}/simulation`,
      },
      outputs: { "": joined`${"$results"}/metrics` },
      size: place.sizes.shard,
    }),
    ReadMetrics: readDocument(place, "results", keyOf(`$results & "/metrics/${RUN_DOCUMENTS.metrics}"`), {
      metrics: jsonata(`[${DOCUMENT}.metrics]`),
    }),
    AreThereMetrics: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$count($metrics) > 0"), Next: "PutMetrics" }],
      Default: "MeasureWent",
    },
    PutMetrics: putMetrics(
      METRIC_NAMESPACE,
      `[$map($metrics, function($m) { {"MetricName": $m.name, "Unit": $m.unit, "Value": $m.value, ${dimensions(place, "$m.category")}} })]`,
    ),
  };
}

/**
 * Drift of sales and errors against the week's evaluation, its decisions, and the training that they ask for. The manifest comes last: what
 * could not be started is decided again on the next night.
 */
function monitorStates(place: MachinePlace): Record<string, State> {
  const folder = '$results & "/monitor"';
  return {
    CanMonitor: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasNight"), Next: "MonitorSales" }],
      Default: "MonitorWent",
    },
    MonitorSales: processingJob(place, {
      stage: "monitor",
      options: { environment: place.environment },
      moreArguments: `$count($monitored) > 0 ? ["--previous", ${quoted(processingInput("previous"))}] : []`,
      inputs: {
        lake: jsonata("$lake"),
        evaluation: jsonata("$week.evaluation"),
        forecasts: jsonata("$lastNight.forecasts"),
      },
      moreInputs: '[$monitored.{"name": "previous", "uri": $}]',
      outputs: { "": jsonata(folder) },
      size: place.sizes.shard,
    }),
    ReadDecisions: readDocument(place, "results", keyOf(`${folder} & "/${RUN_DOCUMENTS.decisions}"`), {
      decisions: jsonata(DOCUMENT),
    }),
    StartTrainings: startTrainings(place),
    AreThereDecisions: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$decisions.decisionCount > 0"), Next: "TellDecisions" }],
      Default: "PublishMonitor",
    },
    TellDecisions: notify(
      modelTopic(place),
      `${quoted(`${place.prefix} `)} & $decisions.day & ": " & $string($decisions.decisionCount) & " decisions about forecasts"`,
      '$merge([$decisions, {"execution": $states.context.Execution.Id}])',
    ),
    PublishMonitor: writeDocument(
      place,
      "results",
      publishedKey("monitor"),
      `{"runDate": $runDate, "folder": ${folder}, "calibrations": [$decisions.calibrations]}`,
    ),
  };
}

/**
 * Starts the weekly machine for each category whose model has become worse, and does not wait. The started machine claims the category: it
 * ends at once while a training runs, and in the pause after it (contracts/machines.ts).
 */
function startTrainings(place: MachinePlace): State {
  return {
    Type: "Map",
    Items: jsonata("[$decisions.retrain]"),
    MaxConcurrency: CATEGORIES.length,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      ...flow({
        NameDrifted: { Type: "Pass", Assign: { drifted: jsonata("$states.input") } },
        StartTraining: callTask(
          "states:startExecution",
          {
            StateMachineArn: place.weeklyMachineArn,
            // One a category and day: Step Functions knows the name for 90 days.
            Name: joined`drift-${"$drifted"}-${"$runDate"}`,
            Input: {
              runDate: jsonata("$runDate"),
              reason: "drift",
              categories: jsonata("[$drifted]"),
            },
          },
          {
            catches: [{ ErrorEquals: ["StepFunctions.ExecutionAlreadyExistsException"], Next: "WasStarted" }],
          },
        ),
        WasStarted: { Type: "Succeed" },
      }),
    },
  };
}

/** Champion and challenger, night by night, to where release control reads it. */
function compareStates(place: MachinePlace): Record<string, State> {
  const { results } = place.buckets;
  return {
    FindComparison: isThere(place, "results", COMPARISON_KEY, "hasComparison"),
    CompareModels: processingJob(place, {
      stage: "compare",
      moreArguments: `$append(
        $reduce($map($nights, function($night, $i) { ["--night", ${quoted(processingInput("night-"))} & $string($i)] }), $append, []),
        $hasComparison ? ["--previous", ${quoted(processingInput("previous"))}] : []
      )`,
      inputs: { lake: jsonata("$lake") },
      moreInputs: `$append(
        $map($nights, function($night, $i) { {"name": "night-" & $string($i), "uri": $night} }),
        $hasComparison ? [{"name": "previous", "uri": ${quoted(`s3://${results}/${COMPARISON_FOLDER}`)}}] : []
      )`,
      outputs: { "": joined`${"$results"}/comparison` },
      size: place.sizes.shard,
    }),
    // Whole and at once: it may be larger than what a machine can hold.
    PublishComparison: callTask("aws-sdk:s3:copyObject", {
      Bucket: results,
      Key: COMPARISON_KEY,
      CopySource: jsonata(`$substringAfter($results, "s3://") & "/comparison/${COMPARISON_FILE}"`),
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: place.kmsKeyArn,
    }),
  };
}

function dimensions({ environment }: MachinePlace, category: string): string {
  return `"Dimensions": [{"Name": "Environment", "Value": ${quoted(environment)}}, {"Name": "Category", "Value": ${category}}]`;
}

/** @param shares source of a list of `{ category, share }` */
export function completenessData(place: MachinePlace, shares: string): string {
  return `[$map(${shares}, function($s) { {"MetricName": "ForecastCompleteness", "Unit": "None", "Value": $s.share, ${dimensions(place, "$s.category")}} })]`;
}
