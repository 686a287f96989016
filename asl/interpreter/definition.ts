/**
 * The states language as far as this house speaks it: JSONata only, Map inline only.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}

interface Transition {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: Json;
  readonly Output?: Json;
}

interface Fallible {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly (Transition & { readonly ErrorEquals: readonly string[] })[];
}

export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface Machine extends States {
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
}

interface StateOf<Type extends string> extends Transition {
  readonly Type: Type;
  readonly QueryLanguage?: string;
}

export interface TaskState extends StateOf<"Task">, Fallible {
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: number | string;
}

export interface ParallelState extends StateOf<"Parallel">, Fallible {
  readonly Arguments?: Json;
  readonly Branches: readonly States[];
}

export interface MapState extends StateOf<"Map">, Fallible {
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly MaxConcurrency?: number | string;
  readonly ItemProcessor: States & { readonly ProcessorConfig?: { readonly Mode?: string } };
}

export interface ChoiceState extends StateOf<"Choice"> {
  readonly Choices: readonly (Transition & { readonly Condition: boolean | string })[];
  readonly Default?: string;
}

export interface WaitState extends StateOf<"Wait"> {
  readonly Seconds?: number | string;
  readonly Timestamp?: string;
}

export interface FailState extends StateOf<"Fail"> {
  readonly Error?: string;
  readonly Cause?: string;
}

export type State =
  | TaskState
  | ParallelState
  | MapState
  | ChoiceState
  | WaitState
  | FailState
  | StateOf<"Pass">
  | StateOf<"Succeed">;
