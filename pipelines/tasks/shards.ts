import { jsonata } from "../../asl/expression";
import type { MapState, TaskState } from "../../asl/states";
import type { MachinePlace } from "../place";
import { flow } from "../../asl/flow";

/** Source of the shard (contracts/run-documents.ts) in the states of `eachShard`. */
export const SHARD = "$states.input";

/** Arguments that choose the shard's blocks, source. */
export const SHARD_BLOCKS = `$map(${SHARD}.blocks, function($block) { "--block=" & $string($block) })`;

/**
 * A job for each shard at a time. A shard that fails stops no other one: the state's result is one `{ stores, cause }` per shard,
 * with the stores that lack something and why, and no stores where all went well.
 */
export function eachShard(place: MachinePlace, name: string, job: TaskState): MapState {
  const missing = `{"stores": ${SHARD}.stores, "storeCount": ${SHARD}.storeCount, "cause": $states.errorOutput.Cause}`;
  return {
    Type: "Map",
    Items: jsonata("$plan.shards"),
    MaxConcurrency: place.sizes.shardCount,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      ...flow({
        [`${name}Shard`]: {
          ...job,
          Output: jsonata('{"stores": [], "storeCount": 0, "cause": ""}'),
          Catch: [{ ErrorEquals: ["States.ALL"], Output: jsonata(missing), Next: `${name}ShardDone` }],
        },
        [`${name}ShardDone`]: { Type: "Succeed" },
      }),
    },
  };
}

/** Assignments of a Map by `eachShard`: whether it is whole, and what else is to be said. */
export const SHARD_OUTCOME = {
  lacking: jsonata(
    '{"stores": [$states.result.stores], "storeCount": $sum($states.result.storeCount), "causes": [$states.result.cause[$ != ""]]}',
  ),
};
