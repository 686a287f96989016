import { joined, jsonata, quoted } from "../../asl/expression";
import { flow } from "../../asl/flow";
import type { State } from "../../asl/states";
import { CATEGORIES } from "../../contracts/categories";
import { PARAMETER_FOLDERS, parameterRoot } from "../../contracts/parameters";
import { refuse } from "../ending";
import type { MachinePlace } from "../place";
import { callTask } from "../tasks/call";
import { processingJob, type ProcessingJob } from "../tasks/processing-job";
import { alertTopic, notify } from "../tasks/reports";
import { eachShard, SHARD, SHARD_BLOCKS, SHARD_OUTCOME } from "../tasks/shards";
import { scoreEachModel } from "../tasks/transform";
import { threadsOf } from "../threads";

/** SSM: parameters of one page; there are two variants of four categories. */
const PARAMETERS_MAX = 10;

/** Which versions are live: one pointer a variant and category, in one call. */
export function readPointers({ environment }: MachinePlace): State {
  const folder = parameterRoot(environment) + PARAMETER_FOLDERS.models;
  const parts = `$split($substringAfter($p.Name, ${quoted(folder)}), "/")`;
  return callTask(
    "aws-sdk:ssm:getParametersByPath",
    { Path: folder.slice(0, -1), Recursive: true, MaxResults: PARAMETERS_MAX },
    {
      assign: {
        live: jsonata(
          `[$map($states.result.Parameters, function($p) { {"variant": ${parts}[0], "category": ${parts}[1], "version": $p.Value} })]`,
        ),
      },
    },
  );
}

/**
 * Features in two passes over the shards, because the chain's sums need all of them, then a row a series and day: for the models, and
 * for the online store. Both go their ways at the same time.
 */
export function scoreStates(place: MachinePlace): Record<string, State> {
  return {
    ...pass(place, "SumShards", { stage: "score-sums", next: "ReduceSums" }),
    ReduceSums: reduce(place, "reduce-score-sums", "score-sums"),
    ...pass(place, "MeasureTrends", {
      stage: "score-trends",
      next: "ReduceTrends",
      inputs: { sums: joined`${"$processed"}/reduce-score-sums` },
    }),
    ReduceTrends: reduce(place, "reduce-score-trends", "score-trends"),
    ...pass(place, "WriteRows", {
      stage: "model-rows",
      next: "ReadPointers",
      inputs: {
        sums: joined`${"$processed"}/reduce-score-sums`,
        trends: joined`${"$processed"}/reduce-score-trends`,
      },
      outputs: {
        ...Object.fromEntries(CATEGORIES.map((name) => [name, joined`${"$processed"}/rows/${quoted(name)}`])),
        online: joined`${"$processed"}/online`,
      },
    }),
    ReadPointers: readPointers(place),
    UseRows: useRows(place),
    IsScored: {
      Type: "Choice",
      Choices: [
        { Condition: jsonata('$count($unscored[variant = "champion"]) > 0'), Next: "ModelsFailed" },
        { Condition: jsonata("$count($unscored) + $count($unsent.stores) > 0"), Next: "TellPartial" },
      ],
      Default: "CollectForecasts",
    },
    ModelsFailed: refuse(
      "ModelsFailed",
      '$join($unscored.cause, "; ")',
      '["all"]',
      '[$unscored[variant = "champion"].("all of " & category)]',
    ),
    TellPartial: {
      ...notify(
        alertTopic(place),
        `${quoted(`${place.prefix} nightly `)} & $runDate & ": the API or the challenger is not up to date"`,
        '{"runDate": $runDate, "challengersNotScored": [$unscored], "storesNotOnline": $unsent, "execution": $states.context.Execution.Id}',
      ),
      Next: "CollectForecasts",
    },
  };
}

type Pass = Pick<ProcessingJob, "stage"> &
  Partial<Pick<ProcessingJob, "inputs" | "outputs">> & { readonly next: string };

/** A job a shard, and the way out when one has failed. */
function pass(
  place: MachinePlace,
  name: string,
  { stage, inputs, outputs, next }: Pass,
): Record<string, State> {
  const size = place.sizes.shard;
  const job = processingJob(place, {
    stage,
    options: { threads: threadsOf(size.instanceType) },
    moreArguments: SHARD_BLOCKS,
    inputs: { lake: jsonata("$lake"), baseline: jsonata("$week.baseline"), ...inputs },
    outputs: outputs ?? { "": joined`${"$processed"}/${quoted(stage)}` },
    size,
    shard: `${SHARD}.number`,
  });
  return {
    [name]: { ...eachShard(name, "$plan.shards", job), Assign: SHARD_OUTCOME },
    [`${name}Whole`]: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$count($lacking.stores) > 0"), Next: `${name}Failed` }],
      Default: next,
    },
    [`${name}Failed`]: refuse("ShardsFailed", '$join($lacking.causes, "; ")', "$lacking.stores", '["all"]'),
  };
}

function reduce(place: MachinePlace, stage: "reduce-score-sums" | "reduce-score-trends", of: string): State {
  return processingJob(place, {
    stage,
    inputs: {
      lake: jsonata("$lake"),
      baseline: jsonata("$week.baseline"),
      parts: joined`${"$processed"}/${quoted(of)}`,
    },
    outputs: { "": joined`${"$processed"}/${quoted(stage)}` },
    size: place.sizes.whole,
  });
}

/** The online store does not wait for the models, nor they for it. */
function useRows(place: MachinePlace): State {
  const online = processingJob(place, {
    stage: "online-features",
    options: { group: place.onlineGroup },
    moreArguments: SHARD_BLOCKS,
    inputs: { rows: joined`${"$processed"}/online` },
    outputs: { "": joined`${"$processed"}/online-report` },
    size: place.sizes.shard,
    shard: `${SHARD}.number`,
    callsAws: true,
  });
  const scored = scoreEachModel(place, {
    live: "$live",
    input: '$processed & "/rows"',
    answers: '$results & "/answers"',
  });
  return {
    Type: "Parallel",
    Branches: [
      flow({ PutOnline: eachShard("PutOnline", "$plan.shards", online) }),
      flow({ ScoreModels: scored }),
    ],
    Assign: {
      unsent: jsonata(
        '{"stores": [$states.result[0].stores], "storeCount": $sum($states.result[0].storeCount), "causes": [$states.result[0].cause[$ != ""]]}',
      ),
      unscored: jsonata('[$states.result[1][cause != ""]]'),
    },
  };
}
