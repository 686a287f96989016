import type { ResourceCheck, State, Value } from "../../../kit";

/** Kinds of SageMaker job that a state machine or the program itself can start. */
export type JobKind = "training" | "processing" | "transform" | "tuning";

/** How a setting is given: missing, fixed by the program, or chosen by the input of the execution. */
type Origin = "unset" | "literal" | "input";

/** One job definition, wherever it stands; paths are those of the SageMaker API (PascalCase). */
export interface Job {
  readonly kind: JobKind;
  readonly name: string;
  value(apiPath: string): Value;
  origin(apiPath: string): Origin;
  fail(message: string): void;
}

const KINDS: Readonly<Record<string, JobKind>> = {
  "sagemaker:createTrainingJob": "training",
  "sagemaker:createProcessingJob": "processing",
  "sagemaker:createTransformJob": "transform",
  "sagemaker:createHyperParameterTuningJob": "tuning",
};

export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
const TRAINING_JOB = "aws:sagemaker/trainingJob:TrainingJob";
const TUNING_JOB = "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob";

/** Every SageMaker job that a resource defines: tasks of a state machine, or the job resource itself. */
export function jobsOf(resource: ResourceCheck): Job[] {
  if (resource.type === STATE_MACHINE) {
    const states = resource.stateMachine("definition")?.states ?? [];
    return states.flatMap((state) => {
      const kind = KINDS[state.api ?? ""];
      return kind ? [taskJob(state, kind)] : [];
    });
  }
  if (resource.type === TUNING_JOB) return [resourceJob(resource, "tuning", "trainingJobDefinition.")];
  return resource.type === TRAINING_JOB ? [resourceJob(resource, "training", "")] : [];
}

/** The settings of a tuning task are those of the training jobs that it starts. */
function taskJob(state: State, kind: JobKind): Job {
  const prefix = kind === "tuning" ? "TrainingJobDefinition." : "";
  return {
    kind,
    name: state.name,
    value: (path) => state.argument(prefix + path),
    origin: (path) => state.origin(prefix + path),
    fail: (message) => state.fail(message),
  };
}

function resourceJob(resource: ResourceCheck, kind: JobKind, prefix: string): Job {
  const value = (path: string): Value => resource.at(prefix + pulumiPath(path));
  return {
    kind,
    name: resource.name,
    value,
    origin: (path) => (value(path).isSet ? "literal" : "unset"),
    fail: (message) => resource.fail(`the ${kind} job ${message}`, prefix.replace(/\.$/, "")),
  };
}

/** `ResourceConfig.VolumeKmsKeyId` -> `resourceConfig.volumeKmsKeyId`. */
function pulumiPath(apiPath: string): string {
  return apiPath
    .split(".")
    .map((segment) => segment.charAt(0).toLowerCase() + segment.slice(1))
    .join(".");
}

/** Where each kind of job says on what it runs. */
export function clusterPath(kind: JobKind): string {
  if (kind === "processing") return "ProcessingResources.ClusterConfig";
  return kind === "transform" ? "TransformResources" : "ResourceConfig";
}

/** More than one instance, or a number that only the execution's input knows. */
export function isDistributed(job: Job): boolean {
  const path = `${clusterPath(job.kind)}.InstanceCount`;
  if (job.origin(path) === "input") return true;
  return (job.value(path).read<number>(1) ?? 1) > 1;
}

/** Inspected paths of the rules about jobs: the properties of the job resources that decide them. */
export function jobPaths(properties: readonly string[]): Record<string, readonly string[]> {
  return {
    [STATE_MACHINE]: ["definition"],
    [TRAINING_JOB]: properties,
    [TUNING_JOB]: properties.map((property) => `trainingJobDefinition.${property}`),
  };
}
