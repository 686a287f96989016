import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { Recording } from "../recorded-resource";
import { PlanMonitor } from "./plan-monitor";
import type { ProviderStubs } from "./registration";
import { watchProgram } from "./watch-program";

export interface RecordOptions {
  /** @default "smartretail" */
  readonly project?: string;
  /** @default "dev" */
  readonly stack?: string;
  /** Full keys (`smartretail:owner`, `aws:region`) and their text values, as the CLI hands them over. */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. */
  readonly secretKeys?: readonly string[];
  /** Ids and computed values are unknown, as in the first preview of an empty account. @default false */
  readonly preview?: boolean;
  /** Stand for the cloud: computed outputs, invokes, remote components. */
  readonly stubs: ProviderStubs;
}

/** What the engine or a provider would reject: one line per thing. */
export class RecordingError extends Error {}

/**
 * Runs a Pulumi program in process and records what it registers.
 *
 * It fails where the engine or a provider would and plain mocks do not: a duplicate URN, a resource made inside `apply`,
 * a rejected promise or a throwing `apply` behind an input, an invoke or remote component without a stub.
 *
 * The SDK's runtime is one per process: recordings run one after another, never at the same time.
 *
 * @throws the program's own error, or RecordingError with one line per thing that went wrong
 */
export async function record(
  program: () => Promise<Record<string, unknown> | void> | Record<string, unknown> | void,
  options: RecordOptions,
): Promise<Recording> {
  const { project = "smartretail", stack = "dev", preview = false } = options;
  const monitor = new PlanMonitor({ project, stack, preview, stubs: options.stubs });
  await install(monitor, { ...options, project, stack, preview });
  const watch = watchProgram();
  const restoreStacks = shortStacks();

  let failure: { error: unknown } | undefined;
  try {
    await watch.run(() =>
      pulumi.runtime.runInPulumiStack(async () => {
        pulumi.runtime.registerStackTransformation(({ type, name }) => watch.checkRegistration(type, name));
        return program();
      }),
    );
    await pulumi.runtime.disconnect();
  } catch (error) {
    failure = { error };
  }
  await watch.settle();
  watch.stop();
  restoreStacks();

  // The SDK hides the reason of a failed call behind a bare Error: what we noted comes first.
  const problems = [...new Set([...monitor.problems, ...watch.problems])];
  if (failure && (isOwn(failure.error) || problems.length === 0)) throw failure.error;
  if (problems.length > 0) throw new RecordingError(problems.join("\n"));
  return {
    project,
    stack,
    preview,
    resources: monitor.resources,
    invokes: monitor.invokes,
    // As the engine is told them: one unknown value does not hide the others.
    outputs: monitor.resources[0]?.outputs ?? {},
  };
}

/** Frames that are enough to find a defect of the program by. */
const STACK_FRAMES = 5;

/** What the SDK makes its promises by, with a stack for a leak's report that nobody switches on here. */
const debuggable = createRequire(require.resolve("@pulumi/pulumi"))("./runtime/debuggable") as {
  debuggablePromise: (promise: Promise<unknown>, context: string) => Promise<unknown>;
};

/** Where in its program a resource is made, from the whole stack, for an engine that shows it. */
const resource = pulumi.Resource as unknown as { stackTrace: (skip: number) => object[] };

/**
 * The SDK takes a stack for every promise and every resource it makes, and mapping each to its source (tsx switches that on)
 * takes a third of a plan's time. An error that is shown after the recording is mapped as ever.
 */
function shortStacks(): () => void {
  const { stackTraceLimit } = Error;
  const mapped = process.sourceMapsEnabled;
  const { debuggablePromise } = debuggable;
  const { stackTrace: resourceStack } = resource;
  Error.stackTraceLimit = STACK_FRAMES;
  process.setSourceMapsEnabled(false);
  resource.stackTrace = () => [];
  debuggable.debuggablePromise = (promise, context) => {
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = STACK_FRAMES;
    }
  };
  return () => {
    Error.stackTraceLimit = stackTraceLimit;
    process.setSourceMapsEnabled(mapped);
    debuggable.debuggablePromise = debuggablePromise;
    resource.stackTrace = resourceStack;
  };
}

/** A rejection of the program, or a defect of its code, whose stack is worth more than a line. */
function isOwn(error: unknown): boolean {
  return error instanceof pulumi.RunError || (error instanceof Error && error.constructor !== Error);
}

async function install(
  monitor: PlanMonitor,
  { project, stack, preview, config = {}, secretKeys = [] }: RecordOptions,
): Promise<void> {
  // setMocks switches on the features that a current engine has; its own monitor is replaced by ours, which keeps what
  // MockMonitor drops: protect, ignoreChanges, dependencies, unknowns, full parent chains in URNs.
  const unused: pulumi.runtime.Mocks = {
    newResource: () => ({ id: "", state: {} }),
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(unused, project, stack, preview);
  pulumi.runtime.setMockOptions(monitor, project, stack, preview);
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
}
