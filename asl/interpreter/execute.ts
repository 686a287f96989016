import type { Json, Machine, States } from "../states";
import type { Run, RunEvent, TaskCall } from "./run";
import { runStates, RunAborted } from "./run-states";
import { asStateError } from "./state-error";
import type { Clock } from "./virtual-clock";

export interface ExecuteOptions {
  readonly clock: Clock;
  /** Answers every Task state. */
  readonly answer: (call: TaskCall) => Promise<Json>;
  /** Name of the run, unique for its machine. */
  readonly name: string;
  /** ARN of the machine; that of the run is made from it. */
  readonly machineArn: string;
  readonly onEvent?: (event: RunEvent) => void;
  /** From 0 up to 1: jitter of retries, $random and $uuid. @default Math.random */
  readonly random?: () => number;
  /** Ends the run from outside. */
  readonly signal?: AbortSignal;
}

/** What of a machine decides how it runs. */
export type Runnable = Omit<Machine, "Comment" | "TimeoutSeconds"> & Partial<Pick<Machine, "TimeoutSeconds">>;

export type Outcome =
  | { readonly status: "SUCCEEDED"; readonly output: Json }
  | { readonly status: "FAILED" | "TIMED_OUT"; readonly error: string; readonly cause: string }
  | { readonly status: "ABORTED" };

const SILENT = () => undefined;

/**
 * Runs a machine as Step Functions would: JSONata, variables, Retry, Catch, Map, Parallel, timeouts. What a Task does is
 * the caller's; HeartbeatSeconds and callbacks are not known here.
 */
export async function execute(machine: Runnable, input: Json, options: ExecuteOptions): Promise<Outcome> {
  const { clock, name, machineArn, onEvent = SILENT, random = Math.random } = options;
  checkLanguage(machine);
  const ended = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  const context = contextOf(name, machineArn, input, clock.now());
  const run: Run = {
    ...{ clock, random, context, answer: options.answer, tell: onEvent },
    runStates: (states, value, strand) => runStates(run, states, value, strand),
  };
  const work = runStates(run, machine, input, { path: [], variables: {}, signal });
  const done = work.then(
    (output): Outcome => ({ status: "SUCCEEDED", output }),
    (thrown: unknown): Outcome => {
      if (thrown instanceof RunAborted) return { status: "ABORTED" };
      const { error, errorCause: cause } = asStateError(thrown);
      return { status: "FAILED", error, cause };
    },
  );
  if (machine.TimeoutSeconds === undefined) return done;
  const timer = new AbortController();
  const timeout = clock.sleep(machine.TimeoutSeconds * 1000, timer.signal).then((): Outcome => {
    ended.abort();
    return { status: "TIMED_OUT", error: "States.Timeout", cause: `after ${machine.TimeoutSeconds} seconds` };
  });
  try {
    return await Promise.race([done, timeout]);
  } finally {
    timer.abort();
  }
}

function contextOf(name: string, machineArn: string, input: Json, startedAt: number): Run["context"] {
  return {
    Execution: {
      Id: `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`,
      Name: name,
      Input: input,
      StartTime: new Date(startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: machineArn, Name: machineArn.split(":").at(-1) ?? "" },
  };
}

/** JSONPath would be read as text, and the wrong branch taken. */
function checkLanguage(machine: Runnable): void {
  if (machine.QueryLanguage !== "JSONata") {
    throw new Error(`QueryLanguage is ${machine.QueryLanguage ?? "JSONPath"}: only JSONata runs here`);
  }
  const check = (states: States): void => {
    for (const [name, state] of Object.entries(states.States)) {
      const language = "QueryLanguage" in state ? state.QueryLanguage : "JSONata";
      if (language !== "JSONata") {
        throw new Error(`QueryLanguage of "${name}" is ${String(language)}: only JSONata runs here`);
      }
      if (state.Type === "Map") check(state.ItemProcessor);
      if (state.Type === "Parallel") state.Branches.forEach(check);
    }
  };
  check(machine);
}
