import type { ChoiceState, FailState, Json, State, States, WaitState } from "../states";
import { secondsToRetry, type UsedAttempts } from "./retry";
import { checkPayload, fill, fillNumber, type Run, type Strand, tell, type Visit } from "./run";
import { runMap, runParallel } from "./run-children";
import { runTask } from "./run-task";
import { asStateError, namesError, StateError } from "./state-error";

/** The end of a run from outside; no state can catch it. */
export class RunAborted extends Error {}

/** Where a state leads: `Next`, what it hands on and the variables that it sets. */
interface Way {
  readonly Next?: string;
  readonly Assign?: Json;
  readonly Output?: Json;
}

interface Left {
  readonly next: string | undefined;
  readonly output: Json;
}

/** Runs states from `StartAt` to the one that ends; @returns its output. */
export async function runStates(run: Run, states: States, input: Json, strand: Strand): Promise<Json> {
  let name = states.StartAt;
  let output = input;
  for (;;) {
    if (strand.signal.aborted) throw new RunAborted("the run was ended");
    const state = states.States[name];
    if (!state) throw new StateError("States.Runtime", `there is no state "${name}"`);
    const left = await visitState(run, strand, name, state, output);
    output = left.output;
    if (left.next === undefined) return output;
    name = left.next;
  }
}

async function visitState(run: Run, strand: Strand, name: string, state: State, input: Json): Promise<Left> {
  const visit = { run, strand, name, type: state.Type, input, enteredAt: run.clock.now(), retryCount: 0 };
  tell(visit, "entered");
  try {
    const left = await withRetries(visit, state);
    tell(visit, "left", { output: left.output });
    return left;
  } catch (error) {
    if (error instanceof RunAborted) throw error;
    const { error: errorName, errorCause } = asStateError(error);
    tell(visit, "failed", { error: errorName, cause: errorCause });
    throw error;
  }
}

async function withRetries(visit: Visit, state: State): Promise<Left> {
  const { run, strand } = visit;
  const used: UsedAttempts = new Map();
  for (;;) {
    try {
      return await attempt(visit, state);
    } catch (thrown) {
      if (thrown instanceof RunAborted || strand.signal.aborted) throw new RunAborted("the run was ended");
      const { error, errorCause: cause } = asStateError(thrown);
      const retriers = "Retry" in state ? state.Retry : undefined;
      const seconds = secondsToRetry(retriers, error, used, run.random);
      if (seconds === undefined) return catchError(visit, state, asStateError(thrown));
      visit.retryCount++;
      tell(visit, "retried", { error, cause, retrySeconds: seconds });
      await run.clock.sleep(seconds * 1000, strand.signal);
    }
  }
}

async function catchError(visit: Visit, state: State, thrown: StateError): Promise<Left> {
  const { error, errorCause: cause } = thrown;
  const catchers = "Catch" in state ? state.Catch : undefined;
  const catcher = catchers?.find(({ ErrorEquals }) => namesError(ErrorEquals, error));
  if (!catcher) throw thrown;
  tell(visit, "caught", { error, cause });
  const errorOutput = { Error: error, Cause: cause };
  return leave(visit, catcher, errorOutput, { errorOutput });
}

async function attempt(visit: Visit, state: State): Promise<Left> {
  switch (state.Type) {
    case "Task": {
      const result = await runTask(visit, state);
      return leave(visit, state, result, { result });
    }
    case "Parallel":
    case "Map": {
      const result = await (state.Type === "Map" ? runMap(visit, state) : runParallel(visit, state));
      return leave(visit, state, result, { result });
    }
    case "Choice":
      return leave(visit, await chooseWay(visit, state), visit.input);
    case "Wait":
      await wait(visit, state);
      return leave(visit, state, visit.input);
    case "Fail":
      throw await failure(visit, state);
    default:
      return leave(visit, state, visit.input);
  }
}

/** Output and Assign see the variables as they were; what is assigned is there from the next state on. */
async function leave(
  visit: Visit,
  way: Way,
  passed: Json,
  more: Readonly<Record<string, Json>> = {},
): Promise<Left> {
  const { strand, name } = visit;
  const output = way.Output === undefined ? passed : await fill(visit, way.Output, more);
  checkPayload(output, `output of "${name}"`);
  if (way.Assign !== undefined) {
    const assigned = (await fill(visit, way.Assign, more)) as Record<string, Json>;
    strand.variables = { ...strand.variables, ...assigned };
  }
  return { next: way.Next, output };
}

async function chooseWay(visit: Visit, state: ChoiceState): Promise<Way> {
  for (const choice of state.Choices) {
    const holds = await fill(visit, choice.Condition);
    if (typeof holds !== "boolean") {
      throw new StateError(
        "States.QueryEvaluationError",
        `Condition ${choice.Condition} of "${visit.name}" is ${JSON.stringify(holds)}; allowed: true or false`,
      );
    }
    if (holds) return choice;
  }
  if (state.Default === undefined) {
    throw new StateError(
      "States.NoChoiceMatched",
      `no choice of "${visit.name}" holds and it has no Default`,
    );
  }
  return { Next: state.Default, Assign: state.Assign, Output: state.Output };
}

async function wait(visit: Visit, state: WaitState): Promise<void> {
  const { clock } = visit.run;
  if (state.Seconds !== undefined) {
    const seconds = await fillNumber(visit, state.Seconds, "Seconds");
    return clock.sleep(seconds * 1000, visit.strand.signal);
  }
  const until = Date.parse(String(await fill(visit, state.Timestamp ?? "")));
  if (Number.isNaN(until)) {
    throw new StateError("States.QueryEvaluationError", `Timestamp of "${visit.name}" is no time`);
  }
  return clock.sleep(until - clock.now(), visit.strand.signal);
}

async function failure(visit: Visit, { Error: error, Cause: cause }: FailState): Promise<StateError> {
  const text = async (template: string | undefined) =>
    template === undefined ? "" : String(await fill(visit, template));
  return new StateError(await text(error), await text(cause));
}
