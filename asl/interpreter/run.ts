import type { Json, States } from "../states";
import { evaluate } from "./expressions";
import { StateError } from "./state-error";
import type { Clock } from "./virtual-clock";

/** What happens to a state, in order; `path` names the maps and branches around it: `["Score", 2]`. */
export interface RunEvent {
  readonly kind: "entered" | "left" | "retried" | "caught" | "failed";
  readonly state: string;
  readonly type: string;
  readonly path: readonly (string | number)[];
  /** Milliseconds since 1970 by the run's clock. */
  readonly time: number;
  readonly error?: string;
  readonly cause?: string;
  /** Until the next attempt. */
  readonly retrySeconds?: number;
  readonly output?: Json;
}

/** One call of a task: what answers it throws a StateError, or anything for States.TaskFailed. */
export interface TaskCall {
  /** ARN of the integration, `arn:aws:states:::sagemaker:createProcessingJob.sync`. */
  readonly resource: string;
  readonly arguments: Json;
  readonly state: string;
  readonly path: readonly (string | number)[];
  /** Aborted when nobody waits for the answer any more: timed out, or the run has failed elsewhere. */
  readonly signal: AbortSignal;
  /** Lets the run's time pass: by a virtual clock an answer takes none by itself. */
  readonly spend: (milliseconds: number) => Promise<void>;
}

/** What all strands of one run share. */
export interface Run {
  readonly clock: Clock;
  readonly random: () => number;
  readonly answer: (call: TaskCall) => Promise<Json>;
  readonly tell: (event: RunEvent) => void;
  /** The context object without State and Map. */
  readonly context: Readonly<Record<string, Json>>;
  /** Runs states inside a state, to the output of the last. */
  readonly runStates: (states: States, input: Json, strand: Strand) => Promise<Json>;
}

/** One line of states at a time: the machine itself, a branch, or an item of a map. */
export interface Strand {
  readonly path: readonly (string | number)[];
  /** Its own, and those of the strands around it as they were when it began. */
  variables: Readonly<Record<string, Json>>;
  readonly mapItem?: { readonly Index: number; readonly Value: Json };
  readonly signal: AbortSignal;
}

/** One visit of a state. */
export interface Visit {
  readonly run: Run;
  readonly strand: Strand;
  readonly name: string;
  readonly type: string;
  readonly input: Json;
  readonly enteredAt: number;
  retryCount: number;
}

/** Bytes of a state's input, arguments, result and output as UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LARGEST_PAYLOAD_BYTES = 256 * 1024;

export function checkPayload(value: Json, what: string): Json {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > LARGEST_PAYLOAD_BYTES) {
    throw new StateError(
      "States.DataLimitExceeded",
      `${what} has ${bytes} bytes; allowed: ${LARGEST_PAYLOAD_BYTES}`,
    );
  }
  return value;
}

/** A template of the state, with `$states` of this moment. */
export function fill(
  { run, strand, name, input, enteredAt, retryCount }: Visit,
  template: Json,
  more: Readonly<Record<string, Json>> = {},
  mapItem = strand.mapItem,
): Promise<Json> {
  const context = {
    ...run.context,
    State: { Name: name, EnteredTime: new Date(enteredAt).toISOString(), RetryCount: retryCount },
    ...(mapItem ? { Map: { Item: mapItem } } : {}),
  };
  const names = { states: { input, context, ...more }, variables: strand.variables };
  return evaluate(template, names, { now: run.clock.now, random: run.random });
}

export async function fillNumber(visit: Visit, template: Json, what: string): Promise<number> {
  const value = await fill(visit, template);
  if (typeof value === "number" && value >= 0) return value;
  throw new StateError(
    "States.QueryEvaluationError",
    `${what} of "${visit.name}" is ${JSON.stringify(value)}; allowed: a number from 0 up`,
  );
}

export function tell(visit: Visit, kind: RunEvent["kind"], more: Partial<RunEvent> = {}): void {
  const { run, strand, name, type } = visit;
  run.tell({ kind, state: name, type, path: strand.path, time: run.clock.now(), ...more });
}
