import type { Json, TaskState } from "../states";
import { checkPayload, fill, fillNumber, type Visit } from "./run";
import { StateError } from "./state-error";

/** One attempt at a task, ended by its TimeoutSeconds or by what happens around it. */
export async function runTask(visit: Visit, state: TaskState): Promise<Json> {
  const { run, strand, name } = visit;
  const given = state.Arguments === undefined ? visit.input : await fill(visit, state.Arguments);
  checkPayload(given, `arguments of "${name}"`);
  const ended = new AbortController();
  const signal = AbortSignal.any([strand.signal, ended.signal]);
  const { resource, path } = { resource: state.Resource, path: strand.path };
  const spend = (milliseconds: number) => run.clock.spend(milliseconds, signal);
  const answer = run.clock.during(() =>
    run.answer({ resource, arguments: given, state: name, path, signal, spend }),
  );
  try {
    const result =
      state.TimeoutSeconds === undefined
        ? await answer
        : await inTime(
            visit,
            await fillNumber(visit, state.TimeoutSeconds, "TimeoutSeconds"),
            answer,
            signal,
          );
    return checkPayload(result, `result of "${name}"`);
  } finally {
    // Ends the clock of the timeout, or the task that is too late.
    ended.abort();
    answer.catch(() => undefined);
  }
}

async function inTime(
  { run, name }: Visit,
  seconds: number,
  answer: Promise<Json>,
  signal: AbortSignal,
): Promise<Json> {
  const timeout = run.clock.sleep(seconds * 1000, signal).then((): Json => {
    if (signal.aborted) return answer as unknown as Json;
    throw new StateError("States.Timeout", `"${name}" has not ended after ${seconds} seconds`);
  });
  return Promise.race([answer, timeout]);
}
