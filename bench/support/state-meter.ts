import { readFileSync, writeFileSync } from "node:fs";
import type { StateEvent } from "../../runtime/pipelines/pipeline-runs";
import { ownCpuSeconds } from "./in-turns";

/** What one state of a machine took; states inside a map or a branch are in the line of the outermost one. */
export interface StateCost {
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly cpuSeconds: number;
  /** Most resident memory while it ran, MB (10^6 bytes). */
  readonly peakMegabytes: number;
}

/** Writing it to clear_refs makes the kernel forget the peak so far (proc_pid_clear_refs(5)). */
const FORGET_PEAK = "5";

/** Measures the states of a run in this process, which does nothing else (Linux: memory is read from /proc). */
export class StateMeter {
  public readonly costs: Record<string, StateCost> = {};
  private begun = { started: 0, cpu: 0 };

  public see({ kind, state }: StateEvent): void {
    // A slash: inside a map or a branch.
    if (state.includes("/")) return;
    if (kind === "entered") {
      writeFileSync("/proc/self/clear_refs", FORGET_PEAK);
      this.begun = { started: performance.now(), cpu: ownCpuSeconds() };
    }
    if (kind === "left")
      this.costs[state] = {
        seconds: (performance.now() - this.begun.started) / 1000,
        cpuSeconds: ownCpuSeconds() - this.begun.cpu,
        peakMegabytes: peakMegabytes(),
      };
  }
}

function peakMegabytes(): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}
