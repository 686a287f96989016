import type { MachineKind } from "../../contracts/machines";
import type { PipelineRuns } from "../../runtime/pipelines/pipeline-runs";
import type { BenchLine } from "../report";
import { type ChildRun, lineOf } from "./child-process";
import { timed } from "./in-turns";
import { type StateCost, StateMeter } from "./state-meter";

/** A run of a machine, as a child prints it: a line of JSON. */
export interface MeasuredMachine {
  readonly kind: MachineKind;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly states: Readonly<Record<string, StateCost>>;
}

/** A state below this does no work of its own. Shorter jobs are priced by their line (preview/run-cost), so that all of them have one. */
const SHOWN_SECONDS = 0.05;

/** Runs a machine to its end and prints what it took. @throws when it fails */
export async function measureMachine(runs: PipelineRuns, kind: MachineKind, runDate?: string): Promise<void> {
  const meter = new StateMeter();
  const { result, seconds, cpuSeconds } = await timed(async () =>
    runs.follow(await runs.start(kind, runDate), (event) => meter.see(event)),
  );
  if (result.status !== "SUCCEEDED") throw new Error(`${kind}: ${result.status}, ${result.detail}`);
  const measured: MeasuredMachine = { kind, seconds, cpuSeconds, states: meter.costs };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

export function measuredMachine(child: ChildRun, kind: MachineKind): MeasuredMachine {
  return JSON.parse(lineOf(child, new RegExp(`^\\{"kind":"${kind}"`)).text) as MeasuredMachine;
}

export function peakOf({ states }: MeasuredMachine): number {
  return Math.max(...Object.values(states).map(({ peakMegabytes }) => peakMegabytes));
}

/** The whole run, then its states. */
export function linesOf(what: string, machine: MeasuredMachine): BenchLine[] {
  const states = Object.entries(machine.states).filter(([, { seconds }]) => seconds >= SHOWN_SECONDS);
  return [
    { what, seconds: machine.seconds, cpuSeconds: machine.cpuSeconds, peakMegabytes: peakOf(machine) },
    ...states.map(([state, cost]) => ({ what: `  ${state}`, ...cost })),
  ];
}
