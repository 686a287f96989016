import type { DayNumber } from "../calendar/day";
import type { Category } from "../../contracts/categories";
import type { NightAssessment } from "./assess-night";
import type { ServiceAssessment } from "./service-windows";

/** An alarm of the challenger's variant that went off. */
export interface AlarmSignal {
  /** Of the alarm and the change of its state: the same signal comes with the same id. */
  readonly id: string;
  readonly name: string;
  /** Whether the champion's alarm of the same kind is off too. */
  readonly isShared: boolean;
}

/** What a person asks for. */
export interface OperatorRequest {
  readonly id: string;
  readonly action: "promote" | "rollback" | "stop";
  readonly by: string;
  readonly reason: string;
  /** Takes the next step without waiting for what it waits for. Not against a reason to roll back. */
  readonly isForced: boolean;
}

/** Whether weights and pointers are as the state wants them, looked at after they were set. */
export interface TrafficReport {
  readonly isApplied: boolean;
  readonly detail: string;
  /** Pointers that named another version and were set, each with the version that it named; none where nothing was set. */
  readonly moved?: readonly string[];
}

/** Everything that one look at an experiment knows. What is undefined was not there: it never speaks for a step. */
export interface Evidence {
  /** Instant of the look, by the evaluator's clock. */
  readonly now: string;
  /** The chain's day of it. */
  readonly day: DayNumber;
  readonly night?: NightAssessment;
  readonly service?: ServiceAssessment;
  readonly alarms: readonly AlarmSignal[];
  readonly requests: readonly OperatorRequest[];
  /** Evidence of the other categories' experiments that are live; undefined where there is no figure yet. */
  readonly family: ReadonlyMap<Category, number | undefined>;
  readonly traffic?: TrafficReport;
}
