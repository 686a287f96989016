import { joined, jsonata, quoted } from "../../asl/expression";
import type { State } from "../../asl/states";
import { refuse } from "../ending";
import type { MachinePlace } from "../place";
import { processingJob, type ProcessingJob } from "../tasks/processing-job";
import { eachShard, SHARD, SHARD_BLOCKS, SHARD_OUTCOME } from "../tasks/shards";

/** A stage over the shards, and what it reads beside the lake. */
interface Pass extends Pick<ProcessingJob, "stage" | "options"> {
  readonly inputs?: ProcessingJob["inputs"];
  /** @default the whole result, into the folder of the stage's name */
  readonly outputs?: ProcessingJob["outputs"];
  /** State that follows when every shard is whole. */
  readonly next: string;
}

/** A job a shard, and the way out when one has failed: it names the stores of the shard. */
export function passStates(place: MachinePlace, name: string, pass: Pass): Record<string, State> {
  const { stage, options, inputs, outputs, next } = pass;
  const job = processingJob(place, {
    stage,
    options,
    moreArguments: SHARD_BLOCKS,
    inputs: { lake: jsonata("$lake"), ...inputs },
    outputs: outputs ?? { "": joined`${"$processed"}/${quoted(stage)}` },
    size: place.sizes.shard,
    shard: `${SHARD}.number`,
  });
  return {
    [name]: { ...eachShard(place, name, job), Assign: SHARD_OUTCOME },
    [`${name}Whole`]: {
      Type: "Choice",
      Choices: [{ Condition: jsonata("$count($lacking.stores) > 0"), Next: `${name}Failed` }],
      Default: next,
    },
    [`${name}Failed`]: refuse("ShardsFailed", '$join($lacking.causes, "; ")', "$lacking.stores", '["all"]'),
  };
}

/** Adds the shards' sums up to those of the chain: one machine, some seconds. */
export function reduceState(
  place: MachinePlace,
  stage: "reduce-score-sums" | "reduce-score-trends" | "reduce-chain-sums",
  of: string,
  inputs: ProcessingJob["inputs"] = {},
): State {
  return processingJob(place, {
    stage,
    inputs: { lake: jsonata("$lake"), ...inputs, parts: joined`${"$processed"}/${quoted(of)}` },
    outputs: { "": joined`${"$processed"}/${quoted(stage)}` },
    size: place.sizes.shard,
  });
}
