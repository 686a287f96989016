import { joined, jsonata, quoted } from "../asl/expression";
import { caught, flow } from "../asl/flow";
import type { Machine, State } from "../asl/states";
import { CATEGORIES } from "../contracts/categories";
import { METRIC_NAMESPACE } from "../contracts/metrics";
import { processingInput } from "../contracts/processing-container";
import { RUN_DOCUMENTS } from "../contracts/run-documents";
import { deliveryKey, INCOMING_PREFIX, publishedKey } from "../contracts/runs";
import { FAILED, failureStates, refuse } from "./ending";
import { beginStates, claimOf, NOT_BEGUN } from "./parts/begin";
import { planStates, publishLakeStates } from "./parts/lake";
import { completenessData, lookBack } from "./parts/look-back";
import { scoreStates } from "./parts/score";
import type { MachinePlace } from "./place";
import { keyOf } from "./run-names";
import { endClaim, fencePublication, TAKEN } from "./tasks/claims";
import { DOCUMENT, isThere, readDocument, writeDocument } from "./tasks/objects";
import { processingJob } from "./tasks/processing-job";
import { VERSION_ARGUMENTS } from "./tasks/pointers";
import { alertTopic, notify, putMetrics } from "./tasks/reports";

/** Seconds between two looks for the day's files. */
const DELIVERY_POLL_SECONDS = 600;
/** A night that is not done by then is none: stores order in the morning. */
const NIGHT_SECONDS = 8 * 3600;

/** Nights whose forecasts a comparison may still need: orders go by them for days, and a night's look back may fail. */
const NIGHTS_MAX = 4;

/** What the stores have while no new night is published. */
const LAST_NIGHT = '"the night of " & $lastNight.runDate';

/**
 * The night: the day's files into the lake, features, forecasts of every live model, orders, and a manifest that is written
 * last. Whatever is late, missing or fails leaves the last good night in place, and says for which stores and SKUs.
 */
export function nightlyMachine(place: MachinePlace): Machine {
  const lastNight = { runDate: "none", forecasts: "none", nights: [] };
  const variables = {
    ...{ polls: 0, lastNight, hasNight: false, failure: {} },
    ...{ hasMonitor: false, monitored: [], calibrations: [] },
  };
  const states = caught(FAILED, {
    ...beginStates(place, "nightly", NIGHT_SECONDS, variables),
    ...readPublished(place),
    ...ingestStates(place),
    ...planStates(place),
    ...checkStores(place),
    ...scoreStates(place),
    ...collectStates(place),
    ...orderStates(place),
    ...publishStates(place),
  });
  return {
    Comment: "Forecasts and orders of the coming week, every night",
    QueryLanguage: "JSONata",
    TimeoutSeconds: NIGHT_SECONDS,
    ...flow({
      ...states,
      ...finishStates(place),
      ...NOT_BEGUN,
      ...failureStates(
        place,
        "nightly",
        LAST_NIGHT,
        { claim: claimOf("nightly") },
        {
          CountNothing: putMetrics(
            METRIC_NAMESPACE,
            completenessData(place, `$map(${categoryList()}, function($c) { {"category": $c, "share": 0} })`),
          ),
        },
      ),
    }),
  };
}

/** The last good night and what was seen of it since, the week's models, and the lake. */
function readPublished(place: MachinePlace): Record<string, State> {
  return {
    FindLastNight: isThere(place, "results", publishedKey("night"), "hasNight"),
    HasLastNight: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasNight"), Next: "ReadLastNight" }],
      Default: "FindWeek",
    },
    ReadLastNight: readDocument(place, "results", publishedKey("night"), { lastNight: jsonata(DOCUMENT) }),
    FindMonitor: isThere(place, "results", publishedKey("monitor"), "hasMonitor"),
    HasMonitor: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasMonitor"), Next: "ReadMonitor" }],
      Default: "FindWeek",
    },
    ReadMonitor: readDocument(place, "results", publishedKey("monitor"), {
      monitored: jsonata(`[${DOCUMENT}.folder]`),
      // One that no night has measured for a week says nothing of tonight.
      calibrations: jsonata(`[${DOCUMENT}.calibrations[until >= $runDate]]`),
    }),
    FindWeek: isThere(place, "results", publishedKey("week"), "hasWeek"),
    HasWeek: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$hasWeek"), Next: "ReadWeek" }],
      Default: "NoWeek",
    },
    NoWeek: refuse("NoWeek", quoted("no weekly run has been published: start the weekly machine first")),
    ReadWeek: readDocument(place, "results", publishedKey("week"), { week: jsonata(DOCUMENT) }),
    ReadLake: readDocument(place, "results", publishedKey("lake"), {
      lake: jsonata(`${DOCUMENT}.lake`),
      kept: jsonata(`($read := ${DOCUMENT}; $exists($read.kept) ? $read.kept : $read.lake)`),
      lakeCutoff: jsonata(`${DOCUMENT}.cutoff`),
    }),
  };
}

/** Waits for the day's files, and adds them to the lake. A run that is started again after a failure finds its day there. */
function ingestStates(place: MachinePlace): Record<string, State> {
  const { sizes } = place;
  const polls = Math.ceil((sizes.deliveryWaitMinutes * 60) / DELIVERY_POLL_SECONDS);
  const [before = "", after = ""] = deliveryKey("|").split("|");
  return {
    IsLakeCurrent: {
      Type: "Choice",
      Choices: [
        { Condition: jsonata("$lakeCutoff = $cutoff"), Next: "PlanRun" },
        { Condition: jsonata("$lakeCutoff > $cutoff"), Next: "LakeIsAhead" },
      ],
      Default: "FindDelivery",
    },
    LakeIsAhead: refuse(
      "LakeIsAhead",
      `"the lake has sales up to " & $lakeCutoff & ", the run is of " & $cutoff`,
    ),
    FindDelivery: isThere(
      place,
      "raw",
      joined`${quoted(before)}${"$cutoff"}${quoted(after)}`,
      "isDelivered",
      {
        polls: jsonata("$polls + 1"),
      },
    ),
    IsDelivered: {
      Type: "Choice",
      Choices: [
        { Condition: jsonata("$isDelivered"), Next: "AddDay" },
        { Condition: jsonata(`$polls <= ${polls}`), Next: "WaitForDelivery" },
      ],
      Default: "NotDelivered",
    },
    WaitForDelivery: { Type: "Wait", Seconds: DELIVERY_POLL_SECONDS, Next: "FindDelivery" },
    NotDelivered: refuse(
      "NotDelivered",
      `"the files of " & $cutoff & " have not come: there is no ${before}" & $cutoff & "${after}"`,
      '["all"]',
      '["all"]',
    ),
    AddDay: processingJob(place, {
      stage: "ingest",
      options: { today: jsonata("$runDate"), "add-to": processingInput("add-to") },
      inputs: {
        data: joined`${quoted(`s3://${place.buckets.raw}/${INCOMING_PREFIX}`)}${"$cutoff"}`,
        "add-to": jsonata("$kept"),
      },
      outputs: { "": joined`${"$processed"}/lake` },
      kept: joined`${"$processed"}/kept`,
      size: sizes.whole,
      assign: {
        lake: joined`${"$processed"}/lake`,
        kept: joined`${"$processed"}/kept`,
        lakeCutoff: jsonata("$cutoff"),
      },
    }),
    ...publishLakeStates(place),
  };
}

/** More stores than allowed without their last day: the night would order for days that nobody has seen. */
function checkStores({ sizes }: MachinePlace): Record<string, State> {
  return {
    AreStoresThere: {
      Type: "Choice",
      Choices: [
        { Condition: jsonata("$plan.cutoff != $cutoff"), Next: "DayIsMissing" },
        {
          Condition: jsonata(
            `$plan.missingStoreCount > ${sizes.lateStoreShareMax} * $sum($plan.shards.storeCount)`,
          ),
          Next: "StoresAreLate",
        },
      ],
      Default: "SumShards",
    },
    DayIsMissing: refuse(
      "DayIsMissing",
      `"the lake ends on " & $plan.cutoff & ", not on " & $cutoff`,
      '["all"]',
      '["all"]',
    ),
    StoresAreLate: refuse(
      "StoresAreLate",
      '$string($plan.missingStoreCount) & " stores have no sales of " & $cutoff',
      "$plan.missingStores",
      '["all"]',
    ),
  };
}

/** Answers into forecasts, and whether there is one for every series and day. */
function collectStates(place: MachinePlace): Record<string, State> {
  return {
    CollectForecasts: processingJob(place, {
      stage: "collect-forecasts",
      inputs: {
        lake: jsonata("$lake"),
        baseline: jsonata("$week.baseline"),
        evaluation: jsonata("$week.evaluation"),
        answers: joined`${"$results"}/answers`,
      },
      outputs: { "": joined`${"$results"}/forecasts` },
      // What answered: experiments compare nights of the same two versions.
      moreArguments: `$append(${VERSION_ARGUMENTS}, $map($calibrations, function($c) { "--calibration=" & $c.category & "/" & $c.version & "=" & $string($c.factor) }))`,
      size: place.sizes.whole,
    }),
    ReadCompleteness: readDocument(
      place,
      "results",
      keyOf(`$results & "/forecasts/${RUN_DOCUMENTS.completeness}"`),
      { completeness: jsonata(DOCUMENT) },
    ),
    IsNightWhole: {
      Type: "Choice",
      Choices: [
        {
          Condition: jsonata(
            "$completeness.found = $completeness.expected and $completeness.expected > 0 and $completeness.missingCount = 0 and $completeness.nanCount = 0 and $completeness.negativeCount = 0",
          ),
          Next: "SimulateOrders",
        },
      ],
      Default: "NightIsIncomplete",
    },
    NightIsIncomplete: refuse(
      "NightIsIncomplete",
      '$string($completeness.found) & " of " & $string($completeness.expected) & " forecasts; missing " & $string($completeness.missingCount) & ", not a number " & $string($completeness.nanCount) & ", negative " & $string($completeness.negativeCount) & "; " & $string($completeness.missingSeriesCount) & " series of " & $string($completeness.missingStoreCount) & " stores and " & $string($completeness.missingSkuCount) & " SKUs"',
      "$completeness.missingStores",
      "$completeness.missingSkus",
    ),
  };
}

function orderStates(place: MachinePlace): Record<string, State> {
  const inputs = {
    lake: jsonata("$lake"),
    evaluation: jsonata("$week.evaluation"),
    forecasts: joined`${"$results"}/forecasts`,
  };
  return {
    SimulateOrders: processingJob(place, {
      stage: "simulate",
      inputs,
      outputs: { "": joined`${"$results"}/simulation` },
      size: place.sizes.whole,
    }),
    WriteOrders: processingJob(place, {
      stage: "order",
      options: { simulation: processingInput("simulation"), data: processingInput("data") },
      inputs: {
        ...inputs,
        simulation: joined`${"$results"}/simulation`,
        data: joined`${quoted(`s3://${place.buckets.raw}/${INCOMING_PREFIX}`)}${"$cutoff"}`,
      },
      outputs: { "": joined`${"$results"}/orders` },
      size: place.sizes.whole,
    }),
    WriteServing: processingJob(place, {
      stage: "serving",
      inputs: { ...inputs, orders: joined`${"$results"}/orders` },
      outputs: { "": joined`${"$results"}/serving` },
      size: place.sizes.whole,
    }),
  };
}

/** The manifest comes last: until this PUT readers have the night before, afterwards this one. */
function publishStates(place: MachinePlace): Record<string, State> {
  const manifest = `{
    "runDate": $runDate, "cutoff": $cutoff, "execution": $states.context.Execution.Id, "lake": $lake,
    "evaluation": $week.evaluation, "forecasts": $results & "/forecasts", "nights": $nights, "orders": $results & "/orders",
    "serving": $results & "/serving", "expected": $completeness.expected
  }`;
  return {
    MayPublish: {
      ...fencePublication(place, "night", "$runDate", [{ ErrorEquals: [TAKEN], Next: "NewerIsPublished" }]),
      Assign: {
        nights: jsonata(
          `[$append([$results & "/forecasts"], $exists($lastNight.nights) ? $lastNight.nights : [])[[0..${NIGHTS_MAX - 1}]]]`,
        ),
      },
    },
    Publish: { ...writeDocument(place, "results", publishedKey("night"), manifest), Next: "LookBack" },
    NewerIsPublished: refuse("NewerIsPublished", quoted("a later night has been published already")),
  };
}

/** After the manifest nothing can take the night back: what fails here is told, and the run is done. */
function finishStates(place: MachinePlace): Record<string, State> {
  const unmeasured = {
    ErrorEquals: ["States.ALL"],
    Assign: {
      failures: jsonata(
        '[{"step": "all", "reason": $states.errorOutput.Error, "cause": $states.errorOutput.Cause}]',
      ),
    },
    Next: "TellNotLookedBack",
  };
  const done = {
    ...endClaim(place, claimOf("nightly"), "done"),
    Output: jsonata('{"runDate": $runDate, "forecasts": $completeness.expected, "results": $results}'),
  };
  return {
    LookBack: {
      ...lookBack(place),
      Assign: { failures: jsonata("[$states.result[$exists(reason)]]") },
      Catch: [unmeasured],
    },
    HasLookedBack: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$count($failures) > 0"), Next: "TellNotLookedBack" }],
      Default: "EndRun",
    },
    EndRun: { ...done, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Done" }], Next: "Done" },
    TellNotLookedBack: {
      ...notify(
        alertTopic(place),
        `${quoted(`${place.prefix} nightly `)} & $runDate & " is published; failed since: " & $join($failures.step, ", ")`,
        '{"runDate": $runDate, "failures": $failures, "execution": $states.context.Execution.Id}',
      ),
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "EndRun" }],
      Next: "EndRun",
    },
    Done: { Type: "Succeed" },
  };
}

function categoryList(): string {
  return JSON.stringify(CATEGORIES);
}
