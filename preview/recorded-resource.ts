import type { PlanValue } from "./plan-value";

/** One registration as the engine would see it. */
export interface RecordedResource {
  readonly urn: string;
  /** Type token, e.g. `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** Logical name: the second argument of the constructor's `super` or the resource's first argument. */
  readonly name: string;
  /** URN of the parent; undefined only for the stack itself. */
  readonly parent?: string;
  /** False for components and the stack. */
  readonly custom: boolean;
  /** Inputs with unknowns and secrets as markers (preview/plan-value.ts), keys sorted. */
  readonly inputs: Readonly<Record<string, PlanValue>>;
  /** The same inputs as they went over the wire: what the engine would hand to an analyzer. */
  readonly wireInputs: Readonly<Record<string, unknown>>;
  /** What the program saw of the resource afterwards: inputs plus computed values; unknown ones are absent in a preview. */
  readonly outputs: Readonly<Record<string, PlanValue>>;
  /** Provider-assigned id; empty in a preview and for components. */
  readonly id: string;
  /** URNs that it must be created after, sorted. */
  readonly dependencies: readonly string[];
  /** The same, per input property. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** `urn::id` of an explicit provider; empty for the default one. */
  readonly provider: string;
}

/** A function call of a provider, such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export interface RecordedInvoke {
  readonly token: string;
  readonly args: Readonly<Record<string, PlanValue>>;
}

export interface Recording {
  readonly project: string;
  readonly stack: string;
  /** True when ids and computed values were unknown, as in the first `pulumi preview` of an empty account. */
  readonly preview: boolean;
  /** In order of registration; the stack itself comes first. */
  readonly resources: readonly RecordedResource[];
  readonly invokes: readonly RecordedInvoke[];
  /** Stack outputs, with unknowns and secrets as markers. */
  readonly outputs: Readonly<Record<string, PlanValue>>;
}
