import type { PipelineRuns } from "../../runtime/pipelines/pipeline-runs";
import { ALREADY_CLAIMED, BEGUN } from "../../contracts/machines";
import { print } from "../terminal/print";
import { outcomeLines } from "./outcome-lines";
import { StateLines } from "./state-lines";

/** Follows a run until it has its day, or does not get it; it goes on by itself. @param look how to see it afterwards */
export async function beginningOf(
  runs: PipelineRuns,
  run: string,
  look: string,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  let last = "";
  const { status, detail } = await runs.follow(
    run,
    ({ state }) => (last = state),
    ({ state }) => state === BEGUN || state === ALREADY_CLAIMED,
  );
  if (last === ALREADY_CLAIMED) return { code: 0, lines: [nothingToDo(run)] };
  if (status !== "RUNNING" && status !== "SUCCEEDED")
    return { code: 1, lines: [`${run}: ${status}, ${detail ?? ""}`] };
  return { code: 0, lines: [`started: ${run}`, `${look} shows how it goes`] };
}

const nothingToDo = (run: string) =>
  `${run}: nothing to do: its day is done already, or another run is at it`;

/** State by state on stderr, the end on standard output. */
export async function follow(runs: PipelineRuns, run: string): Promise<number> {
  const lines = new StateLines(() => performance.now());
  let isDoneAlready = false;
  const { status, detail, output } = await runs.follow(run, (event) => {
    if (event.state === ALREADY_CLAIMED) isDoneAlready = true;
    const line = lines.lineOf(event);
    if (line !== undefined) process.stderr.write(`${line}\n`);
  });
  if (isDoneAlready) print(nothingToDo(run));
  else print(`${run}: ${status}${detail === undefined ? "" : `, ${detail}`}`, ...outcomeLines(output));
  return status === "SUCCEEDED" ? 0 : 1;
}
