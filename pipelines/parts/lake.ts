import { joined, jsonata } from "../../asl/expression";
import type { State } from "../../asl/states";
import { RUN_DOCUMENTS } from "../../contracts/run-documents";
import { publishedKey } from "../../contracts/runs";
import { refuse } from "../ending";
import type { MachinePlace } from "../place";
import { keyOf } from "../run-names";
import { fencePublication, TAKEN } from "../tasks/claims";
import { DOCUMENT, readDocument, writeDocument } from "../tasks/objects";
import { processingJob } from "../tasks/processing-job";

/** The lake that this run has made becomes the one that the next run adds to, even if the run itself fails later. */
export function publishLakeStates(place: MachinePlace): Record<string, State> {
  const manifest =
    '{"lake": $lake, "kept": $kept, "cutoff": $lakeCutoff, "execution": $states.context.Execution.Id}';
  return {
    MayPublishLake: fencePublication(place, "lake", "$lakeCutoff", [
      { ErrorEquals: [TAKEN], Next: "NewerLakeIsPublished" },
    ]),
    PublishLake: { ...writeDocument(place, "results", publishedKey("lake"), manifest), Next: "PlanRun" },
    NewerLakeIsPublished: refuse(
      "NewerLakeIsPublished",
      '"a lake of later days than " & $lakeCutoff & " has been published"',
    ),
  };
}

/** How the lake is cut into shards, and what it lacks: `plan` (contracts/run-documents.ts). */
export function planStates(place: MachinePlace): Record<string, State> {
  return {
    PlanRun: processingJob(place, {
      stage: "plan",
      options: { today: jsonata("$runDate"), shards: String(place.sizes.shardCount) },
      inputs: { lake: jsonata("$lake") },
      outputs: { "": joined`${"$results"}/plan` },
      size: place.sizes.shard,
    }),
    ReadPlan: readDocument(place, "results", keyOf(`$results & "/plan/${RUN_DOCUMENTS.plan}"`), {
      plan: jsonata(DOCUMENT),
    }),
  };
}
