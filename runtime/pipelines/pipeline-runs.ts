import type { Category } from "../../contracts/categories";
import type { MachineKind, MachineOutput } from "../../contracts/machines";

/** One thing that happened to a state of a run. */
export interface StateEvent {
  readonly kind: "entered" | "left" | "retried" | "caught" | "failed";
  /** With the maps and branches around it: `SumShards 1/SumShardsShard`. */
  readonly state: string;
  /** ASL's type; undefined where the history does not say. */
  readonly type: string | undefined;
  /** Why, of what went wrong. */
  readonly detail?: string;
}

export interface RunEnd {
  readonly status: string;
  /** Why, of a run that has failed. */
  readonly detail?: string;
  /** Of one that has succeeded. */
  readonly output?: MachineOutput;
}

export interface RunSummary {
  readonly name: string;
  readonly status: string;
  /** ISO time. */
  readonly startedAt: string;
}

/** Runs of the state machines, on this computer or in an account. */
export interface PipelineRuns {
  /**
   * @param categories that a person wants trained, of the weekly machine. @default all
   * @returns the name by which the run is followed
   */
  start(kind: MachineKind, runDate: string | undefined, categories?: readonly Category[]): Promise<string>;
  /**
   * Tells state by state until the run has ended.
   *
   * @param isEnough ends the following after an event, of a run that goes on by itself
   */
  follow(
    run: string,
    onState: (event: StateEvent) => void,
    isEnough?: (event: StateEvent) => boolean,
  ): Promise<RunEnd>;
  /** The newest first. */
  list(kind: MachineKind): Promise<readonly RunSummary[]>;
  /** @param modelPackage ARN of a proposed version */
  approve(modelPackage: string): Promise<void>;
}
