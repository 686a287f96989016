import type { PipelineRuns } from "../../runtime/pipelines/pipeline-runs";
import { ALREADY_CLAIMED } from "../../contracts/machines";
import { print } from "../terminal/print";
import { StateLines } from "./state-lines";

/** State by state on stderr, the end on standard output. */
export async function follow(runs: PipelineRuns, run: string): Promise<number> {
  const lines = new StateLines(() => performance.now());
  let isDoneAlready = false;
  const { status, detail } = await runs.follow(run, (event) => {
    if (event.state === ALREADY_CLAIMED) isDoneAlready = true;
    const line = lines.lineOf(event);
    if (line !== undefined) process.stderr.write(`${line}\n`);
  });
  if (isDoneAlready) print(`${run}: nothing to do: its day is done already, or another run is at it`);
  else print(`${run}: ${status}${detail === undefined ? "" : `, ${detail}`}`);
  return status === "SUCCEEDED" ? 0 : 1;
}
