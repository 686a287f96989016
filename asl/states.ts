/**
 * The part of the Amazon States Language that the platform's machines are written in: JSONata only, Standard workflows,
 * inline Map. https://states-language.net/spec.html
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Text of the form `{% … %}`: evaluated by JSONata when the state runs. */
export type Expression = `{% ${string} %}`;

/** Variables by name without `$`; their values may be expressions. */
export type Assignments = Readonly<Record<string, Json>>;

interface Common {
  readonly Comment?: string;
}

/** Where the machine goes on; one of the two. */
interface Onward {
  readonly Next?: string;
  readonly End?: true;
}

interface WithResult {
  readonly Assign?: Assignments;
  readonly Output?: Json;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends WithResult {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

interface Fallible {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Common, Onward, WithResult, Fallible {
  readonly Type: "Task";
  /** `arn:aws:states:::<service>:<call>[.sync]` or `arn:aws:states:::aws-sdk:<service>:<call>` (asl/integration.ts). */
  readonly Resource: string;
  readonly Arguments: Json;
  readonly TimeoutSeconds?: number | Expression;
  readonly HeartbeatSeconds?: number | Expression;
}

export interface PassState extends Common, Onward, WithResult {
  readonly Type: "Pass";
}

interface Choice extends WithResult {
  readonly Condition: Expression | boolean;
  readonly Next: string;
  readonly Comment?: string;
}

export interface ChoiceState extends Common, WithResult {
  readonly Type: "Choice";
  readonly Choices: readonly Choice[];
  readonly Default?: string;
}

export interface WaitState extends Common, Onward, WithResult {
  readonly Type: "Wait";
  readonly Seconds?: number | Expression;
  readonly Timestamp?: string;
}

/** A machine inside a state: it reads the variables outside and has its own. */
export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface MapState extends Common, Onward, WithResult, Fallible {
  readonly Type: "Map";
  readonly Items: Json;
  readonly ItemSelector?: Json;
  readonly ItemProcessor: States & { readonly ProcessorConfig?: { readonly Mode: "INLINE" } };
  /** 0 is without a limit. */
  readonly MaxConcurrency?: number | Expression;
  readonly ToleratedFailureCount?: number | Expression;
  readonly ToleratedFailurePercentage?: number | Expression;
}

export interface ParallelState extends Common, Onward, WithResult, Fallible {
  readonly Type: "Parallel";
  readonly Branches: readonly States[];
  readonly Arguments?: Json;
}

interface SucceedState extends Common {
  readonly Type: "Succeed";
  readonly Output?: Json;
}

export interface FailState extends Common {
  readonly Type: "Fail";
  readonly Error?: string;
  readonly Cause?: string;
}

export type State =
  TaskState | PassState | ChoiceState | WaitState | MapState | ParallelState | SucceedState | FailState;

export interface Machine extends States {
  readonly Comment: string;
  readonly QueryLanguage: "JSONata";
  /** Seconds after which the execution ends as failed, whatever it does. */
  readonly TimeoutSeconds: number;
}
