import { execute, type Outcome } from "../../../asl/interpreter/execute";
import type { RunEvent, TaskCall } from "../../../asl/interpreter/run";
import { VirtualClock } from "../../../asl/interpreter/virtual-clock";
import { type Json, type Machine } from "../../../asl/states";
import { randomFor } from "../../../forecasting/generator/random";
import { withRunLock } from "../../engine/files/run-lock";
import { withWarmThreads } from "../../engine/threads/thread-pool";
import { localAnswers } from "./answer-task";
import { Journal } from "./journal";
import type { LocalCloud } from "./local-cloud";

/** Answers one task; the default is this computer's. Specs put faults before it. */
export type Answer = (call: TaskCall, callId: string) => Promise<Json>;

export interface ExecutionOptions {
  readonly cloud: LocalCloud;
  readonly machine: Machine;
  readonly machineArn: string;
  /** Unique among the machine's: `nightly-2026-11-25-1`. */
  readonly name: string;
  readonly input: Json;
  /** When a new execution begins, milliseconds since 1970. */
  readonly now: number;
  readonly onEvent?: (event: RunEvent) => void;
  readonly answer?: Answer;
  readonly signal?: AbortSignal;
}

/**
 * Runs a machine on this computer from its first state to its end. Waiting takes no time. An execution of the same name that was
 * killed goes on: what it had done is answered from its journal, so nothing is done twice.
 */
export async function runExecution(options: ExecutionOptions): Promise<Outcome> {
  const { cloud, machine, machineArn, name, onEvent, signal } = options;
  const answer = options.answer ?? localAnswers(cloud);
  const path = cloud.at("runs", name, JOURNAL_FILE);
  const alone = (work: () => Promise<Outcome>) =>
    withRunLock(cloud.at("runs", name, "run"), () => withWarmThreads(work));
  return alone(async () => {
    const journal = new Journal(path);
    const { time, input } = journal.started ?? { time: options.now, input: options.input };
    if (!journal.started) journal.write({ kind: "started", time, input });
    const calls = new Map<string, number>();
    const outcome = await execute(machine, input, {
      clock: new VirtualClock(time),
      random: randomFor(0, name).uniform,
      ...{ name, machineArn, onEvent, signal },
      answer: (call) => {
        const place = [...call.path, call.state].join("/");
        const count = (calls.get(place) ?? 0) + 1;
        calls.set(place, count);
        const callId = `${name}/${place}/${count}`;
        return journal.once(callId, () => answer(call, callId));
      },
    });
    if (outcome.status !== "ABORTED") journal.write({ kind: "ended", ...withoutOutput(outcome) });
    return outcome;
  });
}

export const JOURNAL_FILE = "journal.jsonl";

function withoutOutput(outcome: Outcome) {
  if (outcome.status === "SUCCEEDED" || outcome.status === "ABORTED") return { status: outcome.status };
  return { status: outcome.status, error: outcome.error, cause: outcome.cause };
}
