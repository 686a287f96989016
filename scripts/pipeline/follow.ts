import type { PipelineRuns } from "../../runtime/pipelines/pipeline-runs";
import { print } from "../terminal/print";
import { StateLines } from "./state-lines";

/** State by state on stderr, the end on standard output. */
export async function follow(runs: PipelineRuns, run: string): Promise<number> {
  const lines = new StateLines(() => performance.now());
  const { status, detail } = await runs.follow(run, (event) => {
    const line = lines.lineOf(event);
    if (line !== undefined) process.stderr.write(`${line}\n`);
  });
  print(`${run}: ${status}${detail === undefined ? "" : `, ${detail}`}`);
  return status === "SUCCEEDED" ? 0 : 1;
}
