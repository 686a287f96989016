import type { Json, Machine, States } from "../../../../asl/states";
import { execute, type Outcome } from "../../../../asl/interpreter/execute";
import type { RunEvent, TaskCall } from "../../../../asl/interpreter/run";
import { VirtualClock } from "../../../../asl/interpreter/virtual-clock";

export const START = Date.parse("2026-11-24T17:00:00Z");

export interface Ran {
  readonly outcome: Outcome;
  readonly events: readonly RunEvent[];
  readonly calls: readonly TaskCall[];
  /** By the virtual clock. */
  readonly seconds: number;
}

export type Answer = (call: TaskCall, clock: VirtualClock) => Json | Promise<Json>;

/** Runs states with a clock of their own; tasks answer what they were given unless told otherwise. */
export async function runMachine(
  states: States & { readonly TimeoutSeconds?: number },
  input: Json = {},
  answer: Answer = (call) => call.arguments,
  random: () => number = () => 0.5,
): Promise<Ran> {
  const clock = new VirtualClock(START);
  const events: RunEvent[] = [];
  const calls: TaskCall[] = [];
  const outcome = await execute({ QueryLanguage: "JSONata", ...states } as Machine, input, {
    clock,
    random,
    name: "run-1",
    machineArn: "arn:aws:states:ap-northeast-1:123456789012:stateMachine:nightly",
    onEvent: (event) => events.push(event),
    answer: async (call) => {
      calls.push(call);
      return answer(call, clock);
    },
  });
  return { outcome, events, calls, seconds: (clock.now() - START) / 1000 };
}

export const outputOf = ({ outcome }: Ran): Json => {
  if (outcome.status !== "SUCCEEDED") throw new Error(JSON.stringify(outcome));
  return outcome.output;
};

/** Names of the states that were entered, in order. */
export const entered = ({ events }: Ran) =>
  events.filter(({ kind }) => kind === "entered").map(({ state }) => state);
