import { exactly, plus, times, type Range } from "./range";
import { inputAt, listAt, numberAt, textAt, NOT_KNOWN_YET } from "./planned-resource";
import type { Usage } from "./usage";

/** One SageMaker job that a state machine starts, as its definition says. */
export interface PipelineJob {
  readonly state: string;
  readonly kind: "training" | "processing" | "transform" | "tuning";
  /** Undefined when the definition takes it from the execution's input. */
  readonly instanceType?: string;
  readonly instanceCount?: number;
  readonly volumeGigabytes: number;
  /** Billed hours per instance and run at most; undefined for a transform job without a time-out. */
  readonly maximumHours?: number;
  readonly managedSpot: boolean;
  /** How often the state runs in one execution. */
  readonly runsPerExecution: Range;
}

export interface Pipeline {
  readonly jobs: readonly PipelineJob[];
  /** Names (last part of the ARN) of the state machines that it starts, once per entry. */
  readonly children: readonly { readonly machine: string; readonly runsPerExecution: Range }[];
  /** States that one execution passes at most once each; loops come on top. */
  readonly states: Range;
}

/** SageMaker's own limit when a job names none: one day. */
const DEFAULT_MAXIMUM_SECONDS = 86_400;
const SECONDS_PER_HOUR = 3600;

type State = Readonly<Record<string, unknown>>;

/** Reads the jobs out of an Amazon States Language definition; undefined when it is not JSON of that form. */
export function readPipeline(definition: string, usage: Pick<Usage, "mapItems">): Pipeline | undefined {
  let machine: unknown;
  try {
    machine = JSON.parse(definition);
  } catch {
    return undefined;
  }
  if (typeof inputAt(machine, ["StartAt"]) !== "string") return undefined;
  return readMachine(machine, exactly(1), usage);
}

function readMachine(machine: unknown, runs: Range, usage: Pick<Usage, "mapItems">): Pipeline {
  const states = Object.entries((inputAt(machine, ["States"]) ?? {}) as Record<string, State>);
  const always = unconditionalStates(machine);
  // In an ordinary run every job is due: conditions are there for what is missing, late or done already.
  const parts = states.map(([name, state]) =>
    readState(name, state, always.has(name) ? runs : { ...runs, minimum: 0 }, usage),
  );
  return {
    jobs: parts.flatMap((part) => part.jobs),
    children: parts.flatMap((part) => part.children),
    states: plus(...parts.map((part) => part.states)),
  };
}

function readState(name: string, state: State, runs: Range, usage: Pick<Usage, "mapItems">): Pipeline {
  const own: Pipeline = { jobs: [], children: [], states: runs };
  const nested = nestedMachines(state).map(({ machine, items }) =>
    readMachine(machine, times(runs, items === undefined ? usage.mapItems : exactly(items)), usage),
  );
  const job = jobOf(name, state, runs);
  const child = childOf(state);
  return {
    jobs: [...(job ? [job] : []), ...nested.flatMap((part) => part.jobs)],
    children: [
      ...(child ? [{ machine: child, runsPerExecution: runs }] : []),
      ...nested.flatMap((part) => part.children),
    ],
    states: plus(own.states, ...nested.map((part) => part.states)),
  };
}

/** Machines inside a Parallel or Map state, with how often each runs; undefined items come from the input. */
function nestedMachines(state: State): { machine: unknown; items: number | undefined }[] {
  if (state.Type === "Parallel") {
    const branches = listAt(state, "Branches");
    return branches === NOT_KNOWN_YET ? [] : branches.map((machine) => ({ machine, items: 1 }));
  }
  if (state.Type !== "Map") return [];
  const machine = state.ItemProcessor ?? state.Iterator;
  return machine === undefined
    ? []
    : [{ machine, items: Array.isArray(state.Items) ? state.Items.length : undefined }];
}

/** States that every way from the start to an end passes: without one of them no end can be reached. Catch is left out. */
function unconditionalStates(machine: unknown): Set<string> {
  const states = (inputAt(machine, ["States"]) ?? {}) as Record<string, State>;
  const start = inputAt(machine, ["StartAt"]) as string;
  const reachesEnd = (removed: string | undefined): boolean => {
    const seen = new Set<string>();
    const open = [start];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const state = states[name];
      if (state === undefined || name === removed || seen.has(name)) continue;
      seen.add(name);
      if (state.End === true || state.Type === "Succeed") return true;
      open.push(...nextStates(state));
    }
    return false;
  };
  return new Set(Object.keys(states).filter((name) => !reachesEnd(name)));
}

function nextStates(state: State): string[] {
  const choices = Array.isArray(state.Choices) ? (state.Choices as State[]).map((choice) => choice.Next) : [];
  return [state.Next, state.Default, ...choices].filter((next): next is string => typeof next === "string");
}

function childOf(state: State): string | undefined {
  const resource = typeof state.Resource === "string" ? state.Resource : "";
  if (!/:states:startExecution|:sfn:startExecution/.test(resource)) return undefined;
  const arn = textAt(parametersOf(state), "StateMachineArn");
  return typeof arn === "string" ? arn.split(":").pop() : undefined;
}

function parametersOf(state: State): unknown {
  return state.Arguments ?? state.Parameters ?? {};
}

const JOB_KINDS: readonly (readonly [RegExp, PipelineJob["kind"]])[] = [
  [/:sagemaker:createTrainingJob/, "training"],
  [/:sagemaker:createProcessingJob/, "processing"],
  [/:sagemaker:createTransformJob/, "transform"],
  [/:sagemaker:createHyperParameterTuningJob/, "tuning"],
];

/** Where each kind of job says what it runs on. */
const CLUSTER_PATHS: Readonly<Record<PipelineJob["kind"], readonly string[]>> = {
  training: ["ResourceConfig"],
  processing: ["ProcessingResources", "ClusterConfig"],
  transform: ["TransformResources"],
  tuning: ["TrainingJobDefinition", "ResourceConfig"],
};

function jobOf(state: string, body: State, runs: Range): PipelineJob | undefined {
  const resource = typeof body.Resource === "string" ? body.Resource : "";
  const kind = JOB_KINDS.find(([pattern]) => pattern.test(resource))?.[1];
  if (kind === undefined) return undefined;
  const parameters = parametersOf(body);
  const training = kind === "tuning" ? inputAt(parameters, ["TrainingJobDefinition"]) : parameters;
  const cluster = inputAt(parameters, CLUSTER_PATHS[kind]);
  const limit = numberAt(training, "StoppingCondition", "MaxRuntimeInSeconds");
  const timeout = numberAt(body, "TimeoutSeconds");
  const trials = numberAt(
    parameters,
    "HyperParameterTuningJobConfig",
    "ResourceLimits",
    "MaxNumberOfTrainingJobs",
  );
  const seconds = kind === "transform" ? timeout : (limit ?? DEFAULT_MAXIMUM_SECONDS);
  const literal = <T>(value: T | typeof NOT_KNOWN_YET | undefined) =>
    value === NOT_KNOWN_YET ? undefined : value;
  const instanceType = literal(textAt(cluster, "InstanceType"));
  return {
    state,
    kind,
    // A JSONata expression is text too, but no instance type.
    instanceType: instanceType?.startsWith("{%") ? undefined : instanceType,
    instanceCount: literal(numberAt(cluster, "InstanceCount")),
    volumeGigabytes: literal(numberAt(cluster, "VolumeSizeInGB")) ?? 0,
    maximumHours: typeof seconds === "number" ? seconds / SECONDS_PER_HOUR : undefined,
    managedSpot: inputAt(training, ["EnableManagedSpotTraining"]) === true,
    runsPerExecution: kind === "tuning" ? times(runs, exactly(literal(trials) ?? 1)) : runs,
  };
}
