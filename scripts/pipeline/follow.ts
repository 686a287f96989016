import type { PipelineRuns } from "../../runtime/pipelines/pipeline-runs";
import { ALREADY_CLAIMED, BEGUN, type MachineOutput } from "../../contracts/machines";
import { outcomeLines } from "./outcome-lines";
import { StateLines } from "./state-lines";

/** What a run has come to, for people and for programs. */
export interface RunOutcome {
  /** Exit code. */
  readonly code: number;
  readonly lines: readonly string[];
  readonly value: {
    readonly run: string;
    /** Of Step Functions, or "ALREADY DONE" for a day that another run has. */
    readonly status: string;
    /** Why, of a run that has failed. */
    readonly detail?: string;
    readonly output?: MachineOutput;
  };
}

/** Follows a run until it has its day, or does not get it; it goes on by itself. @param look how to see it afterwards */
export async function beginningOf(runs: PipelineRuns, run: string, look: string): Promise<RunOutcome> {
  let last = "";
  const { status, detail } = await runs.follow(
    run,
    ({ state }) => (last = state),
    ({ state }) => state === BEGUN || state === ALREADY_CLAIMED,
  );
  if (last === ALREADY_CLAIMED) return nothingToDo(run);
  if (status !== "RUNNING" && status !== "SUCCEEDED")
    return { code: 1, lines: [`${run}: ${status}, ${detail ?? ""}`], value: { run, status, detail } };
  return {
    code: 0,
    lines: [`started: ${run}`, `${look} shows how it goes`],
    value: { run, status },
  };
}

const nothingToDo = (run: string): RunOutcome => ({
  code: 0,
  lines: [`${run}: nothing to do: its day is done already, or another run is at it`],
  value: { run, status: "ALREADY DONE" },
});

/** Follows a run to its end. @param tell takes a line a state, as they end */
export async function follow(
  runs: PipelineRuns,
  run: string,
  tell: (line: string) => void,
): Promise<RunOutcome> {
  const lines = new StateLines(() => performance.now());
  let isDoneAlready = false;
  const { status, detail, output } = await runs.follow(run, (event) => {
    if (event.state === ALREADY_CLAIMED) isDoneAlready = true;
    const line = lines.lineOf(event);
    if (line !== undefined) tell(line);
  });
  if (isDoneAlready) return nothingToDo(run);
  return {
    code: status === "SUCCEEDED" ? 0 : 1,
    lines: [`${run}: ${status}${detail === undefined ? "" : `, ${detail}`}`, ...outcomeLines(output)],
    value: { run, status, detail, output },
  };
}
