import { joined, jsonata, quoted } from "../../asl/expression";
import { flow } from "../../asl/flow";
import type { State } from "../../asl/states";
import { CATEGORIES } from "../../contracts/categories";
import { refuse } from "../ending";
import type { MachinePlace } from "../place";
import { readPointers } from "../tasks/pointers";
import { processingJob } from "../tasks/processing-job";
import { alertTopic, notify } from "../tasks/reports";
import { eachShard, SHARD, SHARD_BLOCKS } from "../tasks/shards";
import { scoreEachModel } from "../tasks/transform";
import { threadsOf } from "../threads";
import { passStates, reduceState } from "./passes";

/**
 * Features in two passes over the shards, because the chain's sums need all of them, then a row a series and day: for the models, and
 * for the online store. Both go their ways at the same time.
 */
export function scoreStates(place: MachinePlace): Record<string, State> {
  const baseline = { baseline: jsonata("$week.baseline") };
  const options = { threads: threadsOf(place.sizes.shard.instanceType) };
  const sums = joined`${"$processed"}/reduce-score-sums`;
  const trends = joined`${"$processed"}/reduce-score-trends`;
  return {
    ...passStates(place, "SumShards", { stage: "score-sums", options, inputs: baseline, next: "ReduceSums" }),
    ReduceSums: reduceState(place, "reduce-score-sums", "score-sums", baseline),
    ...passStates(place, "MeasureTrends", {
      stage: "score-trends",
      options,
      inputs: { ...baseline, sums },
      next: "ReduceTrends",
    }),
    ReduceTrends: reduceState(place, "reduce-score-trends", "score-trends", baseline),
    ...passStates(place, "WriteRows", {
      stage: "model-rows",
      options,
      inputs: { ...baseline, sums, trends },
      outputs: {
        ...Object.fromEntries(CATEGORIES.map((name) => [name, joined`${"$processed"}/rows/${quoted(name)}`])),
        online: joined`${"$processed"}/online`,
      },
      next: "ReadPointers",
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
    Branches: [flow({ PutOnline: eachShard(place, "PutOnline", online) }), flow({ ScoreModels: scored })],
    Assign: {
      unsent: jsonata(
        '{"stores": [$states.result[0].stores], "storeCount": $sum($states.result[0].storeCount), "causes": [$states.result[0].cause[$ != ""]]}',
      ),
      unscored: jsonata('[$states.result[1][cause != ""]]'),
    },
  };
}
